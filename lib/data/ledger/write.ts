import { AsyncLocalStorage } from "node:async_hooks";
import { database, type Tx } from "@/lib/data/client";
import { canonicalJson } from "@/lib/data/digest";
import { Gate } from "@/lib/data/gate";
import { Batch, type Appended, type Head } from "@/lib/data/ledger/batch";
import { findHead } from "@/lib/data/ledger/head";
import { requestName } from "@/lib/data/ledger/request-name";
import { lockLedger, writeBatch } from "@/lib/data/ledger/rows";
import { settings } from "@/lib/data/settings/settings";
import { readFact, type By, type Entry, type Fact } from "@/lib/domain/entry";
import { Refusal } from "@/lib/domain/refusal";

/** Acts wait for one another anyway; waiting here they leave the pool's other connections to pages. */
const gate = new Gate(3);

/** What an act sees inside the door: the transaction, the moment (the database's), and how to append. */
export type Door = {
  readonly tx: Tx;
  readonly now: Date;
  /** Places the fact in the ledger. It is written when the act returns, in the same transaction as what it changed. */
  append(fact: Fact): Appended;
};

/**
 * The door to the ledger for acts that change several rows in a transaction of their own. Runs `act` under the ledger's
 * lock; what it appends and what it changes are committed together or not at all, and the new checkpoint is signed
 * inside. (Answers, of which there are many at once, go through `appendAnswers` beside it: the same lock, the same rows.)
 *
 * `requestId` makes sending twice harmless: the second time nothing runs, and `replay` answers from the entries that the
 * first one wrote. The same id by somebody else is refused with `idempotency-conflict`.
 */
export async function writeToLedger<T>(
  by: By,
  requestId: string,
  act: (door: Door) => Promise<T>,
  replay: (tx: Tx, entries: readonly Entry[]) => Promise<T>,
): Promise<T> {
  const request = { name: requestName(requestId), digest: null };
  return gate.pass(() => database().$transaction(async (tx) => {
    const head = await lockHead(tx, storyMoment());
    const before = await tx.ledgerEntry.findMany({ where: { requestId: request.name }, orderBy: { requestPosition: "asc" }, select: { body: true } });
    if (before.length > 0) {
      const entries = before.map((row) => parseEntry(row.body));
      if (entries.some((entry) => canonicalJson(entry.by) !== canonicalJson(by))) {
        throw new Refusal("idempotency-conflict", "This request was already made by somebody else. Reload the page and try again.");
      }
      return replay(tx, entries);
    }
    const batch = new Batch(head, settings().ledgerName);
    const result = await act({ tx, now: head.now, append: (fact) => batch.append(fact, by, request) });
    if (batch.entries.length > 0) {
      const { text, values } = writeBatch(batch.close());
      await tx.$executeRawUnsafe(text, ...values);
    }
    return result;
  }));
}

const story = new AsyncLocalStorage<Date>();

/**
 * Everything that `act` writes to the ledger happens at this moment instead of now: for sample data, whose story took
 * place over years. The ledger takes moments only in ascending order, so nothing slips behind what is already there.
 */
export function inStory<T>(moment: Date, act: () => Promise<T>): Promise<T> {
  return story.run(moment, act);
}

/** The moment of the story that is being told, or null outside one. */
export const storyMoment = (): Date | null => story.getStore() ?? null;

/** Takes the lock, then reads: whoever comes next waits here and sees what we wrote. */
async function lockHead(tx: Tx, moment: Date | null): Promise<Head> {
  await tx.$queryRawUnsafe(lockLedger);
  return findHead({ query: async ({ text, values }) => ({ rows: await tx.$queryRawUnsafe(text, ...values) }) }, moment);
}

/** Reads an entry back from its canonical bytes; it was checked when written, and the leaf still vouches for it. */
export function parseEntry(body: string): Entry {
  return readFact(JSON.parse(body) as Entry);
}
