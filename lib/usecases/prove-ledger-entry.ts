import type { InclusionView } from "@/lib/contract/ledger-calls";
import { toHex } from "@/lib/data/digest";
import { readCheckpoint, readEntry } from "@/lib/data/ledger-reading";
import { readNotes } from "@/lib/data/ledger/checkpoints";
import { orNull, readInclusion, toBase64 } from "@/lib/data/ledger/proofs";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { authoriseProgram } from "@/lib/usecases/authorise";

/**
 * Inclusion proof of an entry in the ledger of so many entries, or of as many as were signed last. Throws `not-found`
 * where the ledger is not so large, or the entry lies beyond.
 */
export async function proveLedgerEntry(actor: Actor, asked: { readonly index: number; readonly size?: number | undefined }): Promise<InclusionView> {
  authoriseProgram(actor, "audit");
  const { index } = asked;
  const [found, newest] = await Promise.all([readEntry(index), readCheckpoint()]);
  const signed = Number(newest?.size ?? 0);
  const size = asked.size ?? signed;
  if (size > signed) throw missing("size", `The ledger's newest checkpoint stands for ${signed} entries.`);
  if (!found || index >= size) throw missing("index", "There is no entry at this place of the ledger.");
  const [hashes, notes] = await Promise.all([orNull(readInclusion(index, size)), readNotes([size])]);
  if (hashes === null) throw missing("index", "The stored tree has a hole here; ask whoever runs Handshake to verify the ledger.");
  return { index, size, leaf: toHex(found.entry.leaf), hashes: hashes.map(toBase64), checkpoint: notes.get(size) ?? null };
}

const missing = (path: string, sentence: string) => new Refusal("not-found", sentence, { faults: [{ path, message: sentence }] });
