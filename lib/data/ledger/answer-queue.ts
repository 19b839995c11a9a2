import { setImmediate as turn } from "node:timers/promises";
import pg from "pg";
import { ledgerPool } from "@/lib/data/client";
import { judge, readFacts, writeJudged, type Judged, type Outcome, type Waiting } from "@/lib/data/ledger/answer-batch";
import type { AnswerFactsRow } from "@/lib/data/ledger/answer-facts";
import type { Recorded } from "@/lib/data/ledger/append-answers";
import type { Head } from "@/lib/data/ledger/batch";
import { findHead } from "@/lib/data/ledger/head";
import { holdLedger, letLedgerGo } from "@/lib/data/ledger/rows";

/** `alone`: it was in a group of which the database refused one. */
type Pending = { readonly one: Waiting; readonly alone: boolean; settle(outcome: Outcome): void };
type Group = readonly Pending[];
type Ready = { readonly group: Group; readonly judged: Judged };

/** Submits that are written together at most. */
const most = 400;
/** No moment of its own: that of the last entry is the earliest for the next. */
const longAgo = new Date(0);
/** So many are worth two groups. */
const crowd = 8;
/** How long a process holds the ledger's lock while others may wait for it, in milliseconds. */
const longest = 25;

/**
 * The submits that wait in this process. While it holds the ledger's lock, one group is written while the next is read
 * and judged: nobody else can write, so what is true for the next does not change as long as no person and no request is
 * in both. Each group is one statement, one transaction and one checkpoint.
 */
export class AnswerQueue {
  private waiting: Pending[] = [];
  private running = false;
  /** Where this process last left the ledger: whoever finds it there again need not read the tree. */
  private left: Head | null = null;

  /** @throws what came of it instead */
  async take(one: Waiting): Promise<Recorded> {
    const outcome = await new Promise<Outcome>((settle) => {
      this.waiting.push({ one, alone: false, settle });
      if (!this.running) void this.run();
    });
    if ("error" in outcome) throw outcome.error;
    return outcome;
  }

  private async run(): Promise<void> {
    this.running = true;
    // One turn of the event loop: every request whose bytes are already here joins the group.
    for (await turn(); this.waiting.length > 0; await turn()) {
      try {
        await this.hold(await ledgerPool().connect());
      } catch (error) {
        // The database is away, or somebody does not let go of the lock: trying each would only take longer.
        refuse(this.waiting.splice(0), error);
      }
    }
    this.running = false;
  }

  /** Writes one group after the other, until nobody waits or others have waited long enough. */
  private async hold(client: pg.PoolClient): Promise<void> {
    let failed = true;
    try {
      const [, head] = await Promise.all([client.query(holdLedger), findHead(client, longAgo, this.left)]);
      this.left = head;
      const until = performance.now() + longest;
      for (let ready = await this.prepare(client, head, []); ready !== null; ready = performance.now() < until ? await this.prepare(client, this.left, []) : null) {
        await this.writeOn(client, ready, until);
        await turn();
      }
      await client.query(letLedgerGo);
      failed = false;
    } finally {
      // A connection that failed in the middle is closed; the lock goes with it.
      client.release(failed);
    }
  }

  /** Writes a group, and while it is written prepares the one that follows, as long as there is one. */
  private async writeOn(client: pg.PoolClient, first: Ready, until: number): Promise<void> {
    let written: Ready | null = null;
    for (let ready: Ready | null = first; ready !== null; ) {
      const writing: Ready = ready;
      const done = settled(writeJudged(client, writing.judged));
      // Told only now, so that the database is not kept waiting; whoever asks again at once joins the next group.
      if (written) tell(written);
      written = null;
      await turn();
      let following: Ready | null | undefined;
      const prepared = (performance.now() < until ? this.prepare(ledgerPool(), writing.judged.end, writing.group) : Promise.resolve(null)).then((next) => (following = next));
      const error = await done;
      if (error !== null) {
        const next = await prepared;
        if (next) this.waiting.unshift(...next.group);
        this.giveUp(writing.group, error.reason);
        return;
      }
      this.left = writing.judged.end;
      if (following) written = writing;
      else tell(writing);
      ready = await prepared;
    }
  }

  /** One of a group was refused by the database: each is tried alone, so that none suffers from another. */
  private giveUp(group: Group, reason: unknown): void {
    if (!isRefused(reason)) {
      refuse(group, reason);
      throw reason;
    }
    if (group.length === 1) refuse(group, reason);
    else this.waiting.unshift(...group.map((pending) => ({ ...pending, alone: true })));
  }

  /** Takes the next group and judges it by what is true after `head`; null where nobody can go yet. */
  private async prepare(connection: Pick<pg.ClientBase, "query">, head: Head, others: Group): Promise<Ready | null> {
    const group = this.next(others);
    if (group === null) return null;
    try {
      const row: AnswerFactsRow = await readFacts(connection, group.map(({ one }) => one));
      return { group, judged: judge(group.map(({ one }) => one), row, head) };
    } catch (error) {
      refuse(group, error);
      return null;
    }
  }

  /** Who waits and may be written together: of one moment, and nobody who is in `others` or waits before, by person or request. */
  private next(others: Group): Group | null {
    const [first] = this.waiting;
    if (first === undefined) return null;
    // Nothing is being written yet: half of a crowd begins, so that the other half can be judged meanwhile.
    const place = first.alone ? 1 : others.length === 0 && this.waiting.length >= crowd ? Math.ceil(this.waiting.length / 2) : most;
    const busy = new Set(others.flatMap(({ one }) => [one.person, one.name]));
    const group: Pending[] = [];
    const rest: Pending[] = [];
    for (const pending of this.waiting) {
      const { one, alone } = pending;
      const fits = group.length < Math.min(place, most) && alone === first.alone && one.moment?.getTime() === first.one.moment?.getTime();
      (fits && !busy.has(one.person) && !busy.has(one.name) ? group : rest).push(pending);
      busy.add(one.person).add(one.name);
    }
    this.waiting = rest;
    return group.length > 0 ? group : null;
  }
}

function tell({ group, judged }: Ready): void {
  try {
    const outcomes = judged.outcomes();
    group.forEach(({ settle }, i) => settle(outcomes[i]!));
  } catch (error) {
    refuse(group, error);
  }
}

function refuse(group: Group, error: unknown): void {
  for (const { settle } of group) settle({ error });
}

/** What went wrong, or null; never rejects. */
const settled = (promise: Promise<void>): Promise<{ readonly reason: unknown } | null> => promise.then(() => null, (reason: unknown) => ({ reason }));

/** Data exceptions, violated constraints, and what our own triggers refuse (SQLSTATE classes 22, 23 and HS). */
const isRefused = (error: unknown): boolean => error instanceof pg.DatabaseError && /^(22|23|HS)/.test(error.code ?? "");
