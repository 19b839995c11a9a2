import { cookies } from "next/headers";
import { decode, encode } from "next-auth/jwt";
import { sessionSeconds } from "@/lib/contract/staff";
import { settings } from "@/lib/data/settings/settings";

/**
 * The cookie of staff: next-auth's encrypted token (JWE, A256GCM), which carries nothing but the opaque session token.
 * Over https its name begins with __Host-, so that no other host or path can set it (RFC 6265bis §4.1.3.2).
 */
export function staffCookie() {
  const secure = settings().webUrl.startsWith("https:");
  return {
    name: secure ? "__Host-handshake-staff" : "handshake-staff",
    options: { httpOnly: true, sameSite: "lax", path: "/", secure } as const,
  };
}

/** What next-auth signs and encrypts with. */
export const authSecret = (): string => settings().secret.toString("utf8");

/** The session token that this request's cookie carries, or null; whether it still holds, the database says. */
export async function staffToken(): Promise<string | null> {
  const value = (await cookies()).get(staffCookie().name)?.value;
  if (!value) return null;
  try {
    const content = await decode({ token: value, secret: authSecret() });
    return typeof content?.session === "string" ? content.session : null;
  } catch {
    // Not ours, not whole or run out: nobody is signed in.
    return null;
  }
}

/** Hands the session token to the browser. Only in actions and route handlers. */
export async function keepStaffToken(token: string): Promise<void> {
  const { name, options } = staffCookie();
  const value = await encode({ token: { session: token }, secret: authSecret(), maxAge: sessionSeconds });
  (await cookies()).set(name, value, { ...options, maxAge: sessionSeconds });
}

/** Takes it back. */
export async function dropStaffToken(): Promise<void> {
  const { name, options } = staffCookie();
  (await cookies()).set(name, "", { ...options, maxAge: 0 });
}
