import type { ListAsked, ListCounts } from "@/lib/contract/list";
import type { Actor } from "@/lib/domain/actor";
import type { DecisionReason } from "@/lib/domain/decision";
import { CsvReader } from "@/lib/text/list-csv";
import { NdjsonReader } from "@/lib/text/list-ndjson";
import type { ListReader, ListRows } from "@/lib/text/list-rows";
import { authoriseProgram } from "@/lib/usecases/authorise";
import { countDecision } from "@/lib/data/decision-tally";
import { judgeList } from "@/lib/usecases/judge-list";

/** Batches asked about at the same time. */
const atOnce = 2;

export type Cleansed = {
  /** The kept rows, made as they are read; throws a Refusal at a row that cannot be read. */
  readonly chunks: AsyncGenerator<Uint8Array>;
  /** Whole once `chunks` has ended. */
  readonly counts: ListCounts;
};

/**
 * Gives back the rows of a list whose people permit a use, or the others with their reasons, while the list arrives;
 * never more of it is in memory than a few batches. Each batch is decided from the truth at its turn. The first one is
 * decided before this returns, so that most of what can be wrong is refused cleanly: `not-found`, `invalid` with the line.
 */
export async function cleanseList(actor: Actor, asked: ListAsked, list: AsyncIterable<Uint8Array>): Promise<Cleansed> {
  authoriseProgram(actor, "decide");
  const reader = asked.format === "csv" ? new CsvReader(asked.column ?? null) : new NdjsonReader(asked.column ?? null);
  const counts: { [R in DecisionReason]?: number } = {};
  const judged = judgedBatches(reader, list, async (rows) => {
    const cells = rows.refs.filter((ref) => ref !== null);
    const decisions = await judgeList({ key: actor.keyId }, asked.use, asked.version ?? null, cells);
    for (const { reason } of decisions) {
      counts[reason] = (counts[reason] ?? 0) + 1;
      countDecision(asked.use, reason, actor.keyId);
    }
    const kept = keptOf(rows, decisions, asked.keep === "suppressed" ? reader.around : null);
    rows.release();
    return kept;
  });
  const first = await judged.next();
  return {
    counts,
    chunks: (async function* () {
      if (!first.done) yield first.value;
      yield* judged;
      if (asked.summary && asked.format === "ndjson") yield Buffer.from(`${JSON.stringify({ summary: counts })}\n`);
    })(),
  };
}

/** Judges batches in order, the next ones while the first is on its way, and reads no faster than it is read. */
async function* judgedBatches(reader: ListReader, list: AsyncIterable<Uint8Array>, judge: (rows: ListRows) => Promise<Uint8Array>): AsyncGenerator<Uint8Array> {
  const running: Promise<Uint8Array>[] = [];
  for await (const rows of batches(reader, list)) {
    const next = judge(rows);
    // Whoever waits for the one before hears of this one's trouble when it is its turn.
    next.catch(() => undefined);
    running.push(next);
    if (running.length >= atOnce) yield await running.shift()!;
  }
  for (const rest of running) yield await rest;
}

async function* batches(reader: ListReader, list: AsyncIterable<Uint8Array>): AsyncGenerator<ListRows> {
  for await (const chunk of list) yield* reader.push(chunk);
  yield* reader.end();
}

/**
 * The rows to be given back, as bytes. Blank lines stay with the permitted, so that a list of people who all permit it
 * comes back as it was; the header opens both.
 * @param around what to write the reason between; null to keep the permitted
 */
function keptOf({ bytes, ends, marks, refs, head }: ListRows, decisions: readonly { allowed: boolean; reason: DecisionReason }[], around: { before: string; after: string } | null): Uint8Array {
  const kept: Uint8Array[] = [];
  let decided = 0;
  let from = 0;
  let open = -1;
  const close = (at: number) => {
    if (open >= 0) kept.push(bytes.subarray(open, at));
    open = -1;
  };
  for (let i = 0; i < ends.length; i++) {
    const end = ends[i]!;
    const decision = refs[i] === null ? null : decisions[decided++]!;
    const heading = head && i === 0;
    if (around === null) {
      if (decision === null || decision.allowed) open = open < 0 ? from : open;
      else close(from);
    } else if (heading || (decision !== null && !decision.allowed)) {
      kept.push(bytes.subarray(from, marks[i]!), Buffer.from(`${around.before}${heading ? "reason" : (decision?.reason ?? "")}${around.after}`), bytes.subarray(marks[i]!, end));
    }
    from = end;
  }
  close(from);
  return Buffer.concat(kept);
}
