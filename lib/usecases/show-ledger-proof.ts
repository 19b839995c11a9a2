import type { LedgerProofView } from "@/lib/contract/ledger";
import { sha256 } from "@/lib/data/digest";
import { readCheckpoint, readEntry } from "@/lib/data/ledger-reading";
import { orNull, readInclusion, tlogProof, toBase64 } from "@/lib/data/ledger/proofs";
import type { Actor } from "@/lib/domain/actor";
import { leafHash } from "@/lib/domain/merkle";
import { isIncluded } from "@/lib/domain/merkle-proofs";
import { Refusal } from "@/lib/domain/refusal";
import { authorise } from "@/lib/usecases/authorise";

/** An entry's inclusion proof under the newest checkpoint, made and checked just now. Throws `not-found`. */
export async function showLedgerProof(actor: Actor, index: number): Promise<LedgerProofView> {
  authorise(actor, "ledger.read");
  const [found, newest] = await Promise.all([readEntry(index), readCheckpoint()]);
  const size = Number(newest?.size ?? 0);
  if (!found || !newest) throw new Refusal("not-found", "There is no entry at this place of the ledger.");
  // Where somebody took nodes out of the tree, or an entry stands beyond what was signed, no proof can be made.
  const hashes = index < size ? await orNull(readInclusion(index, size)) : null;
  if (hashes === null) return { size, length: 0, holds: false, proof: null };
  const leaf = leafHash(sha256, Buffer.from(found.entry.body, "utf8"));
  return { size, length: hashes.length, holds: isIncluded(sha256, hashes, { index, size }, leaf, newest.root), proof: tlogProof(index, hashes.map(toBase64), newest.note) };
}
