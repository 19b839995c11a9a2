import { cookies, headers } from "next/headers";
import { cache } from "react";
import { saysGpc } from "@/lib/contract/signal";
import { settings } from "@/lib/data/settings/settings";
import type { PersonActor } from "@/lib/domain/actor";
import { honourMySignal } from "@/lib/usecases/honour-signal";
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

/**
 * The customer of this request, checked against the database (once a request), or null. What their browser says by itself
 * is honoured before anything is shown or done.
 */
export const currentPerson: () => Promise<PersonActor | null> = cache(async () => {
  const token = await personToken();
  const person = token ? await recognisePerson(token) : null;
  if (person && (await browserSignals())) await honourMySignal(person);
  return person;
});

/** Whether this request carries Global Privacy Control. */
export const browserSignals = async (): Promise<boolean> => saysGpc((await headers()).get("sec-gpc"));
