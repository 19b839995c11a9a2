import { randomUUID } from "node:crypto";
import { database } from "@/lib/data/client";
import { hashPassword } from "@/lib/data/passwords";
import { parseEntry } from "@/lib/data/ledger/write";
import { openSession } from "@/lib/data/sessions";
import type { StaffActor } from "@/lib/domain/actor";
import type { Entry } from "@/lib/domain/entry";
import type { Role } from "@/lib/domain/roles";

export const password = "seven calm otters swim";

/** A colleague with an account, straight into the database. */
export async function addStaff(role: Role, name: string = role): Promise<StaffActor> {
  const email = `${name.toLowerCase()}-${randomUUID().slice(0, 8)}@example.com`;
  const { id } = await database().staff.create({ data: { email, name, role, passwordHash: await hashPassword(password) }, select: { id: true } });
  return { kind: "staff", id, name, email, role };
}

/** Opens a session of theirs and gives back its token. */
export const openFor = (staff: StaffActor): Promise<string> => openSession(database(), staff.id);

/** The ledger's entries of one kind, oldest first. */
export async function entriesOf<K extends Entry["kind"]>(kind: K): Promise<Extract<Entry, { kind: K }>[]> {
  const rows = await database().ledgerEntry.findMany({ where: { kind }, orderBy: { index: "asc" }, select: { body: true } });
  return rows.map((row) => parseEntry(row.body)).filter((entry): entry is Extract<Entry, { kind: K }> => entry.kind === kind);
}

/** What came of several at once: how many went well, and the codes of those refused. */
export function outcome(results: readonly PromiseSettledResult<unknown>[]) {
  return {
    done: results.filter((one) => one.status === "fulfilled").length,
    codes: results.flatMap((one) => (one.status === "rejected" ? [String((one.reason as { code?: unknown }).code)] : [])),
  };
}
