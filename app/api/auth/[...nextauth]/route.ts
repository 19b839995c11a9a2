import NextAuth from "next-auth";
import { NextRequest } from "next/server";
import { authOptions } from "@/lib/delivery/web/auth-options";
import { checkOrigin } from "@/lib/delivery/web/origin";
import { refusalResponse } from "@/lib/delivery/web/staff-responses";
import { Refusal } from "@/lib/domain/refusal";

type Context = { params: Promise<{ nextauth: string[] }> };

/** What next-auth answers to; anything else it would call an error of ours. */
const known = {
  GET: new Set(["csrf", "error", "providers", "session", "signin", "signout"]),
  POST: new Set(["callback/credentials", "signin", "signin/credentials", "signout"]),
};

/** Far above what signing in needs, in characters. */
const most = 10_000;

async function answer(request: NextRequest, context: Context, method: keyof typeof known): Promise<Response> {
  try {
    if (method === "POST") checkOrigin(request.headers);
    if (!known[method].has((await context.params).nextauth.join("/"))) throw new Refusal("not-found", "There is nothing at this address.");
    return await NextAuth(method === "POST" ? await readable(request) : request, context, authOptions());
  } catch (error) {
    return refusalResponse(error);
  }
}

/** The same request with a body that next-auth can read: a short form, or JSON. */
async function readable(request: NextRequest): Promise<NextRequest> {
  if (Number(request.headers.get("content-length") ?? 0) > most) throw new Refusal("too-large", "This is too long for signing in.");
  const body = await request.text();
  const type = request.headers.get("content-type") ?? "";
  if (type.startsWith("application/json") ? !isObject(body) : !type.startsWith("application/x-www-form-urlencoded")) {
    throw new Refusal("invalid", "Send the form of the sign-in page, or the same fields as a JSON object.");
  }
  return new NextRequest(request.url, { method: "POST", headers: request.headers, body });
}

function isObject(body: string): boolean {
  try {
    const content: unknown = JSON.parse(body);
    return typeof content === "object" && content !== null && !Array.isArray(content);
  } catch {
    return false;
  }
}

export const GET = (request: NextRequest, context: Context): Promise<Response> => answer(request, context, "GET");
export const POST = (request: NextRequest, context: Context): Promise<Response> => answer(request, context, "POST");
