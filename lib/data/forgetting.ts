import type { Tx } from "@/lib/data/client";
import { findPerson, leftAloneHash, type PersonRow } from "@/lib/data/persons";
import { keepForParting } from "@/lib/data/webhook-deliveries";

/**
 * Takes away everything that identifies a person or hangs on them: their key and what was sealed under it, the hashes
 * they were found by, their answers, sessions, links and waiting mail (the database's `forget_person`: the application may
 * take no answer away by itself). The random id stays, and what the ledger says of it. Belongs into the act that appends
 * the entry.
 * @returns who it was; null for nobody
 */
export async function erasePerson(tx: Tx, id: string, at: Date): Promise<PersonRow | null> {
  // Whoever makes a link, a session or a mail for them at this moment waits, and is then refused by the database.
  await tx.$queryRaw`SELECT 1 FROM person WHERE id = ${id}::uuid FOR UPDATE`;
  const person = await findPerson(tx, id);
  if (!person || person.forgotten) return person;
  await keepForParting(tx, id, person.ref);
  await tx.$executeRaw`SELECT forget_person(${id}::uuid, ${at}::timestamptz)`;
  return person;
}

/** Leaves an address and a ref alone from now on; of neither anything is kept but a hash that only we can compare. */
export async function suppress(tx: Tx, { ref, email }: { readonly ref: string | null; readonly email: string | null }): Promise<void> {
  const hashes = [
    ...(ref === null ? [] : [{ kind: "ref", hash: leftAloneHash("ref", ref) }]),
    ...(email === null ? [] : [{ kind: "email", hash: leftAloneHash("email", email) }]),
  ];
  await tx.suppression.createMany({ data: hashes, skipDuplicates: true });
}

/** Whether somebody with this ref or address was forgotten and is to be left alone. */
export async function isSuppressed(db: Tx, kind: "ref" | "email", value: string): Promise<boolean> {
  return (await db.suppression.findUnique({ where: { hash: leftAloneHash(kind, value) }, select: { kind: true } })) !== null;
}

/** Those of these people who are not forgotten (any more): after a backup was restored. */
export async function stillRemembered(db: Tx, ids: readonly string[]): Promise<string[]> {
  const rows = await db.person.findMany({ where: { id: { in: [...ids] }, forgottenAt: null }, select: { id: true } });
  return rows.map(({ id }) => id);
}
