import { createHmac, randomBytes } from "node:crypto";
import type { Tx } from "@/lib/data/client";
import { databaseNow } from "@/lib/data/clock";
import { sha256 } from "@/lib/data/digest";
import { settings } from "@/lib/data/settings/settings";

/** How a person came: asked for a link by mail, was invited, was handed one by staff, or came from the host. */
export const channels = ["mail", "invitation", "staff", "host"] as const;
export type Channel = (typeof channels)[number];

/** How long an unused link lasts, in minutes. */
export const linkMinutes: { readonly [C in Channel]: number } = { mail: 30, invitation: 7 * 24 * 60, staff: 24 * 60, host: 15 };
/** How long a person stays signed in, in days. */
export const sessionDays = 30;

const newToken = (): string => randomBytes(32).toString("base64url");
const digestOfToken = (token: string): Uint8Array<ArrayBuffer> => sha256(Buffer.from(token, "utf8"));
const minutesAfter = (now: Date, minutes: number): Date => new Date(now.getTime() + minutes * 60_000);

/** The token of a request's link: made from the house's secret, so that sending the same request again shows the same link. */
export function tokenOfRequest(requestId: string): string {
  const key = createHmac("sha256", settings().secret).update("handshake person link v1").digest();
  return createHmac("sha256", key).update(requestId, "utf8").digest("base64url");
}

export const linkOf = (token: string): string => `${settings().webUrl}/me/open/${token}`;

/** Makes a one-time link; only the digest of its token is kept. */
export async function insertPersonLink(db: Tx, personId: string, channel: Channel, now: Date, token = newToken()): Promise<{ link: string; expiresAt: Date }> {
  const expiresAt = minutesAfter(now, linkMinutes[channel]);
  await db.personLink.create({ data: { digest: digestOfToken(token), personId, channel, createdAt: now, expiresAt } });
  return { link: linkOf(token), expiresAt };
}

export type LinkState = { readonly state: "open"; readonly personId: string; readonly channel: string } | { readonly state: "used" | "expired" | "unknown" };

/** How a link stands, without using it. */
export async function readPersonLink(db: Tx, token: string): Promise<LinkState> {
  const row = await db.personLink.findUnique({
    where: { digest: digestOfToken(token) },
    select: { personId: true, channel: true, expiresAt: true, usedAt: true, person: { select: { forgottenAt: true } } },
  });
  if (!row || row.person.forgottenAt) return { state: "unknown" };
  if (row.usedAt) return { state: "used" };
  if (row.expiresAt <= (await databaseNow(db))) return { state: "expired" };
  return { state: "open", personId: row.personId, channel: row.channel };
}

/** Uses a link up: of any number at once, one gets the person, the others null. */
export async function usePersonLink(db: Tx, token: string): Promise<{ personId: string; channel: string; now: Date } | null> {
  const [row] = await db.$queryRaw<{ personId: string; channel: string; now: Date }[]>`
    UPDATE person_link l SET used_at = clock_timestamp() FROM person p
     WHERE l.digest = ${digestOfToken(token)} AND l.used_at IS NULL AND l.expires_at > clock_timestamp()
       AND p.id = l.person_id AND p.forgotten_at IS NULL
    RETURNING l.person_id AS "personId", l.channel, l.used_at AS now`;
  return row ?? null;
}

/**
 * Begins a session. The cookie says by its first word how the person came; that word is under the digest too, so it
 * cannot be exchanged.
 */
export async function insertPersonSession(db: Tx, personId: string, channel: string, now: Date): Promise<{ cookie: string; expiresAt: Date }> {
  const cookie = `${channel}.${newToken()}`;
  const expiresAt = minutesAfter(now, sessionDays * 24 * 60);
  await db.personSession.create({ data: { digest: digestOfToken(cookie), personId, createdAt: now, expiresAt } });
  return { cookie, expiresAt };
}

/** Whose session a cookie stands for, and how they came; null when there is none, or it ended. */
export async function findPersonSession(db: Tx, cookie: string): Promise<{ personId: string; channel: string } | null> {
  const [row] = await db.$queryRaw<{ personId: string }[]>`
    SELECT s.person_id AS "personId" FROM person_session s JOIN person p ON p.id = s.person_id
     WHERE s.digest = ${digestOfToken(cookie)} AND s.revoked_at IS NULL AND s.expires_at > clock_timestamp() AND p.forgotten_at IS NULL`;
  return row ? { personId: row.personId, channel: cookie.split(".")[0] ?? "" } : null;
}

/** Ends a session at once; ending it again changes nothing. */
export async function revokePersonSession(db: Tx, cookie: string): Promise<void> {
  await db.$executeRaw`UPDATE person_session SET revoked_at = clock_timestamp() WHERE digest = ${digestOfToken(cookie)} AND revoked_at IS NULL`;
}
