import type { ConsistencyFile, ConsistencyQuery } from "@/lib/contract/ledger";
import { database } from "@/lib/data/client";
import { ledgerVerifierKey } from "@/lib/data/ledger/checkpoint";
import { readCheckpointPair } from "@/lib/data/ledger/checkpoints";
import { readConsistency, toBase64 } from "@/lib/data/ledger/proofs";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { authorise } from "@/lib/usecases/authorise";

/**
 * Proof that the ledger's newest checkpoint continues the one of so many entries: nothing up to there was changed or
 * left out since. Throws `not-found` where no checkpoint was signed over exactly so many.
 */
export async function proveLedgerGrowth(actor: Actor, { older }: ConsistencyQuery): Promise<{ readonly file: ConsistencyFile; readonly newer: number }> {
  authorise(actor, "ledger.read");
  const db = database();
  const pair = await readCheckpointPair(db, older);
  if (!pair) throw new Refusal("not-found", "No checkpoint was signed over exactly so many entries.");
  const proof = (await readConsistency(older, pair.newer.size)).map(toBase64);
  return { file: { format: "handshake-consistency", v: 1, key: ledgerVerifierKey(), older: pair.older, newer: pair.newer.note, proof }, newer: pair.newer.size };
}
