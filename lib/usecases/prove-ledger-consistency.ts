import type { ConsistencyView } from "@/lib/contract/ledger-calls";
import { readCheckpoint } from "@/lib/data/ledger-reading";
import { readNotes } from "@/lib/data/ledger/checkpoints";
import { orNull, readConsistency, toBase64 } from "@/lib/data/ledger/proofs";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { authoriseProgram } from "@/lib/usecases/authorise";

/** Proof that the ledger of `to` entries continues that of `from`. Throws `invalid` for the wrong order, `not-found` beyond what was signed. */
export async function proveLedgerConsistency(actor: Actor, asked: { readonly from: number; readonly to?: number | undefined }): Promise<ConsistencyView> {
  authoriseProgram(actor, "audit");
  const signed = Number((await readCheckpoint())?.size ?? 0);
  const { from, to = signed } = asked;
  if (to > signed || from > signed) throw refused("not-found", to > signed ? "to" : "from", `The ledger's newest checkpoint stands for ${signed} entries.`);
  if (from > to) throw refused("invalid", "from", "The older size comes first.");
  const [hashes, notes] = await Promise.all([orNull(readConsistency(from, to)), readNotes([from, to])]);
  if (hashes === null) throw refused("not-found", "from", "The stored tree has a hole here; ask whoever runs Handshake to verify the ledger.");
  return { from, to, hashes: hashes.map(toBase64), checkpoints: { from: notes.get(from) ?? null, to: notes.get(to) ?? null } };
}

const refused = (code: "not-found" | "invalid", path: string, sentence: string) => new Refusal(code, sentence, { faults: [{ path, message: sentence }] });
