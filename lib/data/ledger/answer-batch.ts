import type pg from "pg";
import { toHex } from "@/lib/data/digest";
import { answerFactsOf, askedOf, readAnswerFacts, type AnswerFactsRow, type Before } from "@/lib/data/ledger/answer-facts";
import { answerParts } from "@/lib/data/ledger/answer-rows";
import type { Answering, Recorded, Submit } from "@/lib/data/ledger/append-answers";
import { Batch, type ClosedBatch, type Head } from "@/lib/data/ledger/batch";
import { toBase64, tlogProof, type ProvenEntry } from "@/lib/data/ledger/proofs";
import { writeBatch } from "@/lib/data/ledger/rows";
import { settings } from "@/lib/data/settings/settings";
import { Refusal } from "@/lib/domain/refusal";

/** A submit as it waits; `moment` is the story's, null where it is now. */
export type Waiting = Submit & { readonly name: string; readonly moment: Date | null };
export type Outcome = Recorded | { readonly error: unknown };

type Connection = Pick<pg.ClientBase, "query">;

/** Submits that are judged and ready to be written together, and what became of those that write nothing. */
export type Judged = {
  readonly group: readonly Waiting[];
  /** Null where nothing is to be written. */
  readonly closed: ClosedBatch | null;
  /** Where the ledger ends once it is written. */
  readonly end: Head;
  readonly answers: readonly Answering[];
  /** What each gets once it is written, in the order of the group. */
  outcomes(): Outcome[];
};

/** What is true for a group, read while the ledger's lock is held. */
export async function readFacts(connection: Connection, group: readonly Waiting[]): Promise<AnswerFactsRow> {
  const { rows: [row] } = await connection.query<AnswerFactsRow>({ name: "ledger_facts", text: readAnswerFacts, values: askedOf(group, group[0]!.moment) });
  if (!row) throw new Error("what answers are held against cannot be read");
  return row;
}

/** Judges a group by what is true after `head`, and makes the batch that follows it. One that fails does not touch the others. */
export function judge(group: readonly Waiting[], row: AnswerFactsRow, head: Head): Judged {
  // Moments only ascend, even if the database's clock is set back.
  const now = row.now > head.now ? row.now : head.now;
  const facts = answerFactsOf({ ...row, now });
  const before = new Map<string, Before[]>();
  for (const one of row.before ?? []) before.set(one.name, [...(before.get(one.name) ?? []), one]);
  const batch = new Batch({ ...head, now }, settings().ledgerName);
  const answers: Answering[] = [];
  const made = group.map((one): Outcome | { readonly from: number; readonly to: number } => {
    try {
      const known = before.get(one.name);
      if (known) return { before: sameSubmit(known, one) };
      const decided = one.decide(facts, facts.personOf(one.person));
      const from = batch.entries.length;
      for (const answer of decided) batch.append(answer.fact, one.by, { name: one.name, digest: one.digest });
      answers.push(...decided);
      return { from, to: batch.entries.length };
    } catch (error) {
      return { error };
    }
  });
  const closed = batch.entries.length > 0 ? batch.close() : null;
  return {
    group,
    closed,
    end: closed?.end ?? head,
    answers,
    outcomes: () => made.map((one) => ("from" in one ? { proven: closed === null ? [] : closed.entries.slice(one.from, one.to).map((entry) => prove(closed, entry)) } : one)),
  };
}

/** Writes what was judged: one statement, which is done when all of it is on disk. */
export async function writeJudged(connection: Connection, { closed, answers }: Judged): Promise<void> {
  if (closed !== null) await connection.query(writeBatch(closed, answerParts(answers, closed)));
}

function sameSubmit(before: readonly Before[], { digest }: Waiting): number[] {
  if (before.some((row) => row.digest !== toHex(digest))) {
    throw new Refusal("idempotency-conflict", "This was sent before, and said something else then. Reload the page and answer again.");
  }
  return before.map(({ index }) => index);
}

function prove(closed: ClosedBatch, { entry, body, leaf }: ClosedBatch["entries"][number]): ProvenEntry {
  const hashes = closed.proofOf(entry.index).map(toBase64);
  const checkpoint = closed.checkpoint.note;
  return { entry, body, leaf: toHex(leaf), checkpoint, hashes, proof: tlogProof(entry.index, hashes, checkpoint) };
}
