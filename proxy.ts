import { NextResponse, type NextRequest } from "next/server";
import { newNonce, pathHeader, securityHeaders } from "@/lib/delivery/web/security-headers";
import { malformed } from "@/lib/delivery/web/well-formed";

/**
 * Gives every page the headers that keep a browser on the safe side. Nothing here decides who may see what: use cases do.
 */
export async function proxy(request: NextRequest): Promise<Response> {
  const refused = await malformed(request);
  if (refused) return refused;
  const nonce = newNonce();
  const headers = securityHeaders(nonce);
  // Next reads the nonce from the request's own policy and puts it on the scripts it writes.
  const forwarded = new Headers(request.headers);
  forwarded.set("content-security-policy", headers["content-security-policy"]);
  // For the way back after signing in; it decides nothing.
  forwarded.set(pathHeader, request.nextUrl.pathname + request.nextUrl.search);
  const response = NextResponse.next({ request: { headers: forwarded } });
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

// Built files carry no markup; next.config.js gives them what they need.
export const config = { matcher: "/((?!_next/static/).*)" };
