import { cookies } from "next/headers";
import { cache } from "react";
import { settings } from "@/lib/data/settings/settings";
import type { PersonActor } from "@/lib/domain/actor";
import { recognisePerson } from "@/lib/usecases/recognise-person";

/**
 * The cookie of customers: one opaque value, of its own name and apart from that of staff. Over https its name begins
 * with __Host-, so that no other host or path can set it (RFC 6265bis §4.1.3.2).
 */
function personCookie() {
  const secure = settings().webUrl.startsWith("https:");
  return {
    name: secure ? "__Host-handshake-me" : "handshake-me",
    options: { httpOnly: true, sameSite: "lax", path: "/", secure } as const,
  };
}

/** What this request's cookie carries, or null; whose it is and whether it still holds, the database says. */
export async function personToken(): Promise<string | null> {
  return (await cookies()).get(personCookie().name)?.value ?? null;
}

/** Hands the session to the browser. Only in actions and route handlers. */
export async function keepPersonToken(value: string, expiresAt: Date): Promise<void> {
  const { name, options } = personCookie();
  (await cookies()).set(name, value, { ...options, expires: expiresAt });
}

/** Takes it back. */
export async function dropPersonToken(): Promise<void> {
  const { name, options } = personCookie();
  (await cookies()).set(name, "", { ...options, maxAge: 0 });
}

/** The customer of this request, checked against the database (once a request), or null. */
export const currentPerson: () => Promise<PersonActor | null> = cache(async () => {
  const token = await personToken();
  return token ? recognisePerson(token) : null;
});
