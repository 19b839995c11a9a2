import type { LedgerVerdict } from "@/lib/contract/ledger-verdict";
import { Gate } from "@/lib/data/gate";
import { readEntry } from "@/lib/data/ledger-reading";
import { findContradiction } from "@/lib/data/ledger/verify-answers";
import { verifyLedger, type Verified, type Witnessed } from "@/lib/data/ledger/verify";
import { witnessedNow } from "@/lib/data/ledger/witness";
import type { Actor } from "@/lib/domain/actor";
import { authorise } from "@/lib/usecases/authorise";

type Progress = (holds: number, size: number) => void;
type Outside = LedgerVerdict["outside"];

/** It takes a processor and a connection while it lasts; whoever asks meanwhile waits. */
const gate = new Gate(1);

class WitnessAway extends Error {}

/**
 * Verifies every entry of the ledger from its bytes, and against what was seen outside, where that can be read; then the
 * permissions and acceptances against their entries.
 * @param progress told how many entries hold so far, and of how many (0 while that is not known). What it throws stops
 * the work, and is thrown.
 */
export async function verifyWholeLedger(actor: Actor, progress: Progress = () => undefined): Promise<LedgerVerdict> {
  authorise(actor, "ledger.read");
  return gate.pass(async () => {
    progress(0, 0);
    const { verified, outside } = await verifyWithWitness(progress);
    const { holds, size } = verified;
    // What decisions rest on is held against the entries once those are known to hold.
    const fault = verified.fault ?? (await findContradiction());
    return { holds, size, fault: fault && { ...fault, of: verified.fault ? "entry" : "answer", there: (await readEntry(fault.index)) !== null }, outside };
  });
}

async function verifyWithWitness(progress: Progress): Promise<{ verified: Verified; outside: Outside }> {
  try {
    const witnessed = await witnessedNow().catch(away);
    const seen: Witnessed | null = witnessed && { ...witnessed, leaves: (from, to) => witnessed.leaves(from, to).catch(away) };
    return { verified: await verifyLedger(seen, progress), outside: { state: seen ? "seen" : "nothing", size: seen?.size ?? 0 } };
  } catch (error) {
    if (!(error instanceof WitnessAway)) throw error;
    // The entries can still be held against themselves; that they were held against nothing else is said.
    return { verified: await verifyLedger(null, progress), outside: { state: "unreadable", size: 0 } };
  }
}

function away(): never {
  throw new WitnessAway();
}
