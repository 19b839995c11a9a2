import type { Receipt } from "@/lib/contract/answer";
import type { Answer } from "@/lib/contract/question";
import { canonicalJson, sha256, toHex } from "@/lib/data/digest";
import type { Appended } from "@/lib/data/ledger/write";
import type { QuestionToken } from "@/lib/data/question-token";
import type { Entry } from "@/lib/domain/entry";
import { leafHash } from "@/lib/domain/merkle";
import { Refusal } from "@/lib/domain/refusal";

/** What the person gets for an answer. */
export function receiptOf({ entry, leaf }: Pick<Appended, "entry" | "leaf">): Receipt {
  const common = { index: entry.index, recordedAt: entry.at, leaf: toHex(leaf) };
  switch (entry.kind) {
    case "permission-answered":
      return { ...common, kind: "permission", use: entry.use, version: entry.version, answer: entry.answer, digest: entry.shown };
    case "policy-answered":
      return { ...common, kind: "policy", policy: entry.policy, version: entry.version, answer: entry.answer, digest: entry.shown };
    default:
      throw new Error(`a ${entry.kind} entry is no answer`);
  }
}

/** The receipts of a submit that was sent before. Throws `idempotency-conflict` where it said something else then. */
export function replayReceipts(entries: readonly Entry[], given: readonly { token: QuestionToken; answer: Answer }[]): Receipt[] {
  const receipts = entries.map((entry) => receiptOf({ entry, leaf: leafHash(sha256, Buffer.from(canonicalJson(entry), "utf8")) }));
  const same = receipts.length === given.length && receipts.every((one, place) => one.answer === given[place]?.answer && one.digest === given[place]?.token.digest);
  if (!same) throw new Refusal("idempotency-conflict", "This was sent before with other answers. Reload the page and answer again.");
  return receipts;
}
