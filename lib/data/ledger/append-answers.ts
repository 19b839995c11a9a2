import type pg from "pg";
import { ledgerPool } from "@/lib/data/client";
import { toHex } from "@/lib/data/digest";
import { Gather } from "@/lib/data/gather";
import { readAnswerFacts, type AnswerFacts, type PersonFacts } from "@/lib/data/ledger/answer-facts";
import { answerRowsOf } from "@/lib/data/ledger/answer-rows";
import { Batch, type ClosedBatch, type Head } from "@/lib/data/ledger/batch";
import { completeHead } from "@/lib/data/ledger/head";
import { toBase64, tlogProof, type ProvenEntry } from "@/lib/data/ledger/proofs";
import { requestName } from "@/lib/data/ledger/request-name";
import { lockLedger, readHead, rowsOf, type HeadRow } from "@/lib/data/ledger/rows";
import { storyMoment } from "@/lib/data/ledger/write";
import { settings } from "@/lib/data/settings/settings";
import type { By, PermissionAnswered, PolicyAnswered } from "@/lib/domain/entry";
import { Refusal } from "@/lib/domain/refusal";

/** An answer to be recorded; `about` is the id of the data use or policy. */
export type Answering = { readonly fact: PermissionAnswered | PolicyAnswered; readonly about: string };

/** One submit of one person: all of its answers are recorded, or none. */
export type Submit = {
  readonly by: By;
  readonly requestId: string;
  /** SHA-256 of what the request says. The same id with another digest is a conflict. */
  readonly digest: Uint8Array;
  readonly person: string;
  /** Ids of the data uses and policies that it is about. */
  readonly uses: readonly string[];
  readonly policies: readonly string[];
  /** Judges by what is true under the ledger's lock; throws a Refusal, and then only this submit fails. */
  decide(facts: AnswerFacts, person: PersonFacts): readonly Answering[];
};

/** What was just written, or the indexes of what the same request wrote before. */
export type Recorded = { readonly proven: readonly ProvenEntry[] } | { readonly before: readonly number[] };

/**
 * The door to the ledger for answers, of which there are many at once: those that wait together are written in one
 * transaction under the ledger's lock, with the permissions they change, under one signed checkpoint. Each caller gets
 * entries with their proofs once they are on disk. The same request again writes nothing and says where its entries are.
 *
 * Throws what `decide` throws, and `idempotency-conflict` where the request id was used for something else.
 */
export async function appendAnswers(submit: Submit): Promise<Recorded> {
  const outcome = await queue.ask({ ...submit, name: requestName(submit.requestId), moment: storyMoment() });
  if ("error" in outcome) throw outcome.error;
  return outcome;
}

type Outcome = Recorded | { readonly error: unknown };
type Waiting = Submit & { readonly name: string; readonly moment: Date | null };
type Outcomes = Map<Waiting, Outcome>;

const queue = new Gather<Waiting, Outcome>(writeAll, { atOnce: 1, most: 400 });

/** Writes what waits together, in as few batches as possible: of one person, request and moment one submit at a time. */
async function writeAll(waiting: Waiting[]): Promise<Outcome[]> {
  const outcomes: Outcomes = new Map();
  for (let left = waiting; left.length > 0; left = left.filter((one) => !outcomes.has(one))) {
    const taken = new Set<string>();
    const group = left.filter((one) => {
      if (one.moment?.getTime() !== left[0]!.moment?.getTime() || taken.has(one.person) || taken.has(one.name)) return false;
      taken.add(one.person).add(one.name);
      return true;
    });
    for (const [one, outcome] of await writeGroup(group)) outcomes.set(one, outcome);
  }
  return waiting.map((one) => outcomes.get(one)!);
}

/** One transaction for the group; if that fails, one for each, so that none suffers from another. */
async function writeGroup(group: readonly Waiting[]): Promise<Outcomes> {
  try {
    return await write(group);
  } catch (error) {
    if (group.length === 1) return new Map([[group[0]!, { error }]]);
  }
  const outcomes: Outcomes = new Map();
  for (const one of group) for (const [of, outcome] of await writeGroup([one])) outcomes.set(of, outcome);
  return outcomes;
}

/** Where this process last left the ledger: whoever finds it there again need not read the tree. */
let held: Head | null = null;

async function write(group: readonly Waiting[]): Promise<Outcomes> {
  const client = await ledgerPool().connect();
  let failed = true;
  try {
    const { head, facts, before } = await open(client, group);
    const batch = new Batch(head, settings().ledgerName);
    const outcomes: Outcomes = new Map();
    const written: { of: Waiting; answers: readonly Answering[]; from: number }[] = [];
    for (const one of group) {
      try {
        const known = before.get(one.name);
        if (known) {
          outcomes.set(one, { before: sameSubmit(known, one) });
          continue;
        }
        const answers = one.decide(facts, facts.personOf(one.person));
        written.push({ of: one, answers, from: batch.entries.length });
        for (const { fact } of answers) batch.append(fact, one.by, { name: one.name, digest: one.digest });
      } catch (error) {
        outcomes.set(one, { error });
      }
    }
    const closed = batch.entries.length > 0 ? await close(client, batch, written.flatMap(({ answers }) => answers)) : null;
    if (closed === null) await client.query("ROLLBACK");
    else held = closed.end;
    for (const { of, answers, from } of written) outcomes.set(of, { proven: answers.map((_, i) => prove(closed!, from + i)) });
    failed = false;
    return outcomes;
  } finally {
    // A connection that failed in the middle is closed, which rolls back what it began.
    client.release(failed);
  }
}

type Before = { readonly index: string; readonly digest: Uint8Array | null };

/** Takes the lock and reads what is true under it, all in one go over the wire. */
async function open(client: pg.PoolClient, group: readonly Waiting[]): Promise<{ head: Head; facts: AnswerFacts; before: Map<string, Before[]> }> {
  const names = group.map(({ name }) => name);
  const [, , head, known, facts] = await Promise.all([
    client.query("BEGIN"),
    client.query(lockLedger),
    client.query<HeadRow>({ name: "ledger_head", text: readHead, values: [group[0]!.moment] }),
    client.query<Before & { name: string }>({ name: "ledger_requests", text: readRequests, values: [names] }),
    readAnswerFacts(client, group),
  ]);
  const before = new Map<string, Before[]>();
  for (const row of known.rows) before.set(row.name, [...(before.get(row.name) ?? []), row]);
  return { head: await completeHead(client, head.rows[0], held), facts: facts(head.rows[0]!.now), before };
}

const readRequests = `
  SELECT request_id AS name, index::text, request_digest AS digest FROM ledger_entry WHERE request_id = ANY ($1::text[]) ORDER BY index`;

function sameSubmit(before: readonly Before[], { digest }: Waiting): number[] {
  if (before.some((row) => row.digest === null || toHex(row.digest) !== toHex(digest))) {
    throw new Refusal("idempotency-conflict", "This was sent before, and said something else then. Reload the page and answer again.");
  }
  return before.map(({ index }) => Number(index));
}

/** Writes everything and commits, in one go over the wire; done only when all of it is on disk. */
async function close(client: pg.PoolClient, batch: Batch, answers: readonly Answering[]): Promise<ClosedBatch> {
  const closed = batch.close();
  const rows = [...rowsOf(closed), ...answerRowsOf(answers, closed)];
  const done = await Promise.all([...rows.map(({ name, text, values }) => client.query({ name, text, values: [...values] })), client.query("COMMIT")]);
  // PostgreSQL answers COMMIT with ROLLBACK where the transaction had failed.
  if (done.at(-1)?.command !== "COMMIT") throw new Error("the batch was not written");
  return closed;
}

function prove(closed: ClosedBatch, place: number): ProvenEntry {
  const { index, entry, body, leaf } = closed.entries[place]!;
  const hashes = closed.proofOf(index).map(toBase64);
  const checkpoint = closed.checkpoint.note;
  return { entry, body, leaf: toHex(leaf), checkpoint, hashes, proof: tlogProof(entry.index, hashes, checkpoint) };
}
