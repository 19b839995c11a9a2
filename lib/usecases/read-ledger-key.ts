import type { LedgerKeyView } from "@/lib/contract/ledger";
import { toHex } from "@/lib/data/digest";
import { readCheckpoint } from "@/lib/data/ledger-reading";
import { ledgerVerifierKey } from "@/lib/data/ledger/checkpoint";

/** The ledger's public key and its newest checkpoint, for anybody: whoever keeps them can hold the ledger to its word. */
export async function readLedgerKey(): Promise<LedgerKeyView> {
  const found = await readCheckpoint();
  return {
    verifierKey: ledgerVerifierKey(),
    checkpoint: found && { size: Number(found.size), root: toHex(found.root), note: found.note, signedAt: found.signedAt },
  };
}
