import type { Receipt } from "@/lib/contract/answer";
import type { Recorded } from "@/lib/data/ledger/append-answers";
import { readProvenEntries, type ProvenEntry } from "@/lib/data/ledger/proofs";

/** What the person gets for an answer. */
export function receiptOf({ entry, leaf, checkpoint, hashes }: Omit<ProvenEntry, "body" | "proof">): Receipt {
  const common = { index: entry.index, recordedAt: entry.at, leaf, checkpoint, proof: [...hashes] };
  switch (entry.kind) {
    case "permission-answered":
      return { ...common, kind: "permission", use: entry.use, version: entry.version, answer: entry.answer, digest: entry.shown };
    case "policy-answered":
      return { ...common, kind: "policy", policy: entry.policy, version: entry.version, answer: entry.answer, digest: entry.shown };
    default:
      throw new Error(`a ${entry.kind} entry is no answer`);
  }
}

/** The entries of a submit with their proofs: those just written, or the very same ones again where it was sent before. */
export async function provenIn(recorded: Recorded): Promise<readonly ProvenEntry[]> {
  return "proven" in recorded ? recorded.proven : readProvenEntries(recorded.before);
}
