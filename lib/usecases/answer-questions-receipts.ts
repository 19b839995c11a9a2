import type { Receipt } from "@/lib/contract/answer";
import { readAnswersBefore } from "@/lib/data/permissions";
import type { Recorded } from "@/lib/data/ledger/append-answers";
import { readProvenEntries, type ProvenEntry } from "@/lib/data/ledger/proofs";
import { answerOf } from "@/lib/domain/answer";
import type { Submitted } from "./answer-questions-record";

/** What the person gets for an answer. */
export function receiptOf({ entry, leaf, checkpoint, hashes }: Omit<ProvenEntry, "body" | "proof">): Receipt {
  const common = { index: entry.index, recordedAt: entry.at, leaf, checkpoint, proof: [...hashes] };
  switch (entry.kind) {
    case "permission-answered": {
      const { use, version, keeps, expiresAt, once, shown: digest } = entry;
      const bounds = { ...(keeps === undefined ? {} : { keeps }), ...(expiresAt === null ? {} : { until: expiresAt }), ...(once ? { once } : {}) };
      return { ...common, kind: "permission", use, version, answer: answerOf(entry), ...bounds, digest };
    }
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

/**
 * A receipt for each answer of a submit, in its order. What had been taken back before has no entry of this submit: its
 * receipt is of the entry that stood then, `already` by place where this very call found it.
 */
export async function receiptsFor(recorded: Recorded, { person, given }: Pick<Submitted, "person" | "given">, already: ReadonlyMap<number, number>): Promise<Receipt[]> {
  const own = (await provenIn(recorded)).map(receiptOf);
  if (own.length === given.length) return own;
  const missing = given.flatMap((one, place) => ("use" in one && !own.some((receipt) => receipt.use === one.use) ? [{ place, use: one.use }] : []));
  const indexes = already.size > 0 ? [...already.values()] : await readAnswersBefore(person, missing.map(({ use }) => use), own[0]?.index ?? null);
  const stood = (await readProvenEntries(indexes)).map(receiptOf);
  const placed = new Map(missing.map(({ place, use }) => [place, stood.find((receipt) => receipt.use === use)]));
  const rest = own.values();
  return given.map((_, place) => {
    const receipt = placed.has(place) ? placed.get(place) : rest.next().value;
    if (receipt === undefined) throw new Error("an answer has no receipt");
    return receipt;
  });
}
