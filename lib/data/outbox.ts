import { database, type Tx } from "@/lib/data/client";
import { sealForHouse, unsealForHouse } from "@/lib/data/seal";

export type Mail = { readonly to: string; readonly subject: string; readonly text: string; readonly html?: string };

/** After this many tries a mail is parked: it stays, with its last error, and is not tried again. */
export const mostAttempts = 8;
/** While a mail is being sent nobody else takes it; after this it counts as lost with its worker. */
const leaseSeconds = 120;

/**
 * Puts a mail into the outbox, in the transaction of what it tells about. Sealed, since it carries links.
 * @param personId whose it is; it goes when they are forgotten. Null for staff.
 */
export async function queueMail(tx: Tx, mail: Mail, personId: string | null): Promise<void> {
  await tx.outbox.create({ data: { kind: "mail", personId, sealed: sealForHouse(Buffer.from(JSON.stringify(mail), "utf8")) } });
}

export type ClaimedMail = { readonly id: string; readonly attempts: number; readonly mail: Mail };

/** Takes the mail that has been due longest, for the length of a lease; no two workers take the same one. */
export async function claimMail(): Promise<ClaimedMail | null> {
  const [row] = await database().$queryRaw<{ id: string; attempts: number; sealed: Uint8Array }[]>`
    UPDATE outbox SET attempts = attempts + 1, due_at = now() + make_interval(secs => ${leaseSeconds})
     WHERE id = (SELECT id FROM outbox
                  WHERE done_at IS NULL AND kind = 'mail' AND due_at <= now() AND attempts < ${mostAttempts}
                  ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id, attempts, sealed`;
  return row ? { id: row.id, attempts: row.attempts, mail: parseMail(unsealForHouse(row.sealed)) } : null;
}

/** Written by `queueMail`, and the seal vouches for it. */
const parseMail = (bytes: Buffer): Mail => JSON.parse(bytes.toString("utf8")) as Mail;

/** Sent: what it said is wiped, that it was sent stays for a while. */
export async function mailSent(id: string): Promise<void> {
  await database().$executeRaw`UPDATE outbox SET done_at = now(), sealed = ''::bytea, last_error = NULL WHERE id = ${id}::uuid`;
}

/**
 * Not sent: tried again after 10 s, and three times as long after each further try, some three hours in all.
 * @param code of the error, e.g. `ECONNREFUSED` or `550`; never its text, which can quote an address
 */
export async function mailFailed(id: string, attempts: number, code: string): Promise<void> {
  await database().$executeRaw`
    UPDATE outbox SET last_error = ${code.slice(0, 40)}, due_at = now() + make_interval(secs => ${10 * 3 ** (attempts - 1)}) WHERE id = ${id}::uuid`;
}
