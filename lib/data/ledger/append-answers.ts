import pg from "pg";
import { ledgerPool } from "@/lib/data/client";
import { digestOf, toHex } from "@/lib/data/digest";
import { Gather } from "@/lib/data/gather";
import { answerFactsOf, askedOf, readAnswerFacts, type AnswerFacts, type AnswerFactsRow, type Before, type PersonFacts } from "@/lib/data/ledger/answer-facts";
import { answerParts } from "@/lib/data/ledger/answer-rows";
import { Batch, type ClosedBatch, type Head } from "@/lib/data/ledger/batch";
import { completeHead } from "@/lib/data/ledger/head";
import { toBase64, tlogProof, type ProvenEntry } from "@/lib/data/ledger/proofs";
import { requestName } from "@/lib/data/ledger/request-name";
import { lockLedger, writeBatch } from "@/lib/data/ledger/rows";
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
  const outcome = await queue.ask({ ...submit, digest: digestOfAll(submit), name: requestName(submit.requestId), moment: storyMoment() });
  if ("error" in outcome) throw outcome.error;
  return outcome;
}

/** What a request says, whoever says it and of whom: the same words of somebody else are another request. */
const digestOfAll = ({ by, person, digest }: Submit): Uint8Array => digestOf({ by, person, said: toHex(digest) });

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

/**
 * One transaction for the group; if the database refuses what one of them says, one for each, so that none suffers from
 * another. If it is away, or nobody lets go of the lock, trying each would only take longer.
 */
async function writeGroup(group: readonly Waiting[]): Promise<Outcomes> {
  try {
    return await write(group);
  } catch (error) {
    if (group.length === 1 || !isRefused(error)) return new Map(group.map((one) => [one, { error }]));
  }
  const outcomes: Outcomes = new Map();
  for (const one of group) for (const [of, outcome] of await writeGroup([one])) outcomes.set(of, outcome);
  return outcomes;
}

/** Data exceptions, violated constraints, and what our own triggers refuse (SQLSTATE classes 22, 23 and HS). */
const isRefused = (error: unknown): boolean => error instanceof pg.DatabaseError && /^(22|23|HS)/.test(error.code ?? "");

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

type Opened = { readonly head: Head; readonly facts: AnswerFacts; readonly before: ReadonlyMap<string, readonly Before[]> };

/** Takes the lock and reads what is true under it, in one go over the wire. */
async function open(client: pg.PoolClient, group: readonly Waiting[]): Promise<Opened> {
  const [, { rows: [row] }] = await Promise.all([
    client.query(`BEGIN; ${lockLedger}`),
    client.query<AnswerFactsRow>({ name: "ledger_facts", text: readAnswerFacts, values: askedOf(group, group[0]!.moment) }),
  ]);
  if (!row) throw new Error("the ledger's head cannot be read");
  const before = new Map<string, Before[]>();
  for (const one of row.before ?? []) before.set(one.name, [...(before.get(one.name) ?? []), one]);
  return { head: await completeHead(client, row, held), facts: answerFactsOf(row), before };
}

function sameSubmit(before: readonly Before[], { digest }: Waiting): number[] {
  if (before.some((row) => row.digest !== toHex(digest))) {
    throw new Refusal("idempotency-conflict", "This was sent before, and said something else then. Reload the page and answer again.");
  }
  return before.map(({ index }) => index);
}

/** Writes everything and commits, in one go over the wire; done only when all of it is on disk. */
async function close(client: pg.PoolClient, batch: Batch, answers: readonly Answering[]): Promise<ClosedBatch> {
  const closed = batch.close();
  await Promise.all([client.query(writeBatch(closed, answerParts(answers, closed))), client.query("COMMIT")]);
  return closed;
}

function prove(closed: ClosedBatch, place: number): ProvenEntry {
  const { entry, body, leaf } = closed.entries[place]!;
  const hashes = closed.proofOf(entry.index).map(toBase64);
  const checkpoint = closed.checkpoint.note;
  return { entry, body, leaf: toHex(leaf), checkpoint, hashes, proof: tlogProof(entry.index, hashes, checkpoint) };
}
