import type { LedgerEntryView } from "@/lib/contract/ledger-calls";
import { toHex } from "@/lib/data/digest";
import { readEntry } from "@/lib/data/ledger-reading";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { authoriseProgram } from "@/lib/usecases/authorise";

/** One entry as stored, for auditors' programs. Throws `not-found`. */
export async function readLedgerEntry(actor: Actor, index: number): Promise<LedgerEntryView> {
  authoriseProgram(actor, "audit");
  const found = await readEntry(index);
  if (!found) throw new Refusal("not-found", "There is no entry at this place of the ledger.");
  const { body, leaf, previous, recordedAt } = found.entry;
  return { index, recordedAt: recordedAt.toISOString(), body, leaf: toHex(leaf), previous: toHex(previous) };
}
