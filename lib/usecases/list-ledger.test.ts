import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { ledgerQuery, type LedgerLine, type LedgerQuery } from "@/lib/contract/ledger";
import { closeDatabase, database } from "@/lib/data/client";
import { readLedgerPage } from "@/lib/data/ledger-reading";
import { writeToLedger } from "@/lib/data/ledger/write";
import type { StaffActor } from "@/lib/domain/actor";
import type { Fact } from "@/lib/domain/entry";
import { entriesAPage, listLedger } from "@/lib/usecases/list-ledger";
import { showEntry } from "@/lib/usecases/show-entry";
import { showLedgerProof } from "@/lib/usecases/show-ledger-proof";

let test: TestDatabase;
let aiko: StaffActor;
const customer = randomUUID();

beforeAll(async () => {
  test = await openTestDatabase();
  const made = await database().staff.create({ data: { email: "aiko@example.test", name: "Aiko Sato", role: "approver", passwordHash: "-" } });
  aiko = { kind: "staff", id: made.id, name: made.name, email: made.email, role: "approver" };
  await database().dataUse.create({ data: { key: "mountain-bike-picks", name: "Mountain-bike picks" } });
});
afterAll(async () => {
  await closeDatabase();
  await test.drop();
});

const published: Fact = {
  kind: "use-published", v: 1, use: "mountain-bike-picks", version: 2, replaces: 1, digest: "00", legalBasis: "consent", reask: "any", carriedFrom: [], authors: [], twoPairsOfEyes: true,
};
const answered = (person: string): Fact => ({ kind: "permission-answered", v: 3, identity: null, person, use: "mountain-bike-picks", version: 2, answer: "refused", shown: null, channel: "page", expiresAt: null });
const append = (...facts: Fact[]) =>
  writeToLedger({ staff: aiko.id }, randomUUID(), async (door) => facts.map((fact) => Number(door.append(fact).index)), async () => []);
const list = (query: LedgerQuery = {}) => listLedger(aiko, query);

/** Follows the links of the pages, doing something between any two. */
async function walk(query: LedgerQuery, between: () => Promise<unknown>): Promise<LedgerLine[]> {
  const lines: LedgerLine[] = [];
  let page = await list(query);
  lines.push(...page.lines);
  while (page.older !== null) {
    await between();
    page = await list({ ...query, before: page.older });
    lines.push(...page.lines);
  }
  return lines;
}

describe("the ledger's pages", () => {
  it("say nothing before the first entry", async () => {
    expect(await list()).toMatchObject({ checkpoint: null, lines: [], newer: null, older: null });
  });

  it("hold every entry once, newest first, while others are appended", async () => {
    await append(published);
    for (let i = 0; i < 4; i++) await append(...Array.from({ length: 60 }, () => answered(randomUUID())));
    const head = Number((await list()).checkpoint?.size);
    let racing = Promise.resolve<unknown>(undefined);
    const lines = await walk({}, async () => {
      racing = Promise.all([racing, ...Array.from({ length: 5 }, () => append(answered(randomUUID())))]);
    });
    await racing;
    expect(lines.map((line) => line.index)).toEqual(Array.from({ length: head }, (_, i) => head - 1 - i));
  });

  it("lead back the way they came", async () => {
    const first = await list();
    const second = await list({ before: first.older ?? 0 });
    const third = await list({ before: second.older ?? 0 });
    const back = await list({ after: third.newer ?? 0 });
    expect(back.lines).toEqual(second.lines);
    expect((await list({ after: back.newer ?? 0 })).lines).toEqual(first.lines);
    expect(first.newer).toBeNull();
    expect(first.lines.length).toBe(entriesAPage);
  });

  it("are empty at once where a kind is never about what is asked for, with no entry read", async () => {
    const owner = new pg.Client({ connectionString: test.ownerUrl });
    await owner.connect();
    try {
      await owner.query("BEGIN; LOCK TABLE ledger_entry IN ACCESS EXCLUSIVE MODE");
      for (const query of [{ kind: "permission-answered", about: "policy:privacy" }, { kind: "policy-answered", about: "use:mountain-bike-picks" }, { kind: "use-published", person: customer }] as const) {
        expect(await readLedgerPage(query, entriesAPage)).toEqual({ entries: [], newer: null, older: null });
      }
    } finally {
      await owner.end();
    }
  });

  it("filter by kind, by what it is about and by person, page by page", async () => {
    for (let i = 0; i < entriesAPage + 5; i++) await append(answered(customer), { kind: "person-invited", v: 1, person: customer, channel: "staff" });
    expect((await walk({ kind: "use-published" }, async () => undefined)).map((line) => line.kind)).toEqual(["use-published"]);
    const ofPerson = await walk({ person: customer }, () => append(answered(randomUUID())));
    expect(ofPerson.length).toBe(2 * (entriesAPage + 5));
    expect(new Set(ofPerson.map((line) => line.index)).size).toBe(ofPerson.length);
    expect(ofPerson.every((line) => line.person === customer)).toBe(true);
    const about = await walk({ about: "use:mountain-bike-picks", person: customer }, async () => undefined);
    expect(about.length).toBe(entriesAPage + 5);
    expect((await list({ about: "policy:no-such-policy" })).lines).toEqual([]);
  });

  it("say what happened in plain words, with names as they are now", async () => {
    const [line] = (await list({ kind: "use-published" })).lines;
    expect(line).toMatchObject({ words: "Aiko Sato published version 2 of “Mountain-bike picks”.", about: { kind: "use", key: "mountain-bike-picks", name: "Mountain-bike picks" } });
  });

  it("are for staff only", async () => {
    await expect(listLedger({ kind: "anyone" }, {})).rejects.toMatchObject({ code: "signed-out" });
    await expect(showEntry({ kind: "person", id: customer, channel: "page" }, 0)).rejects.toMatchObject({ code: "signed-out" });
  });
});

describe("an address that makes no sense", () => {
  it("asks for the newest page of everything", () => {
    expect(ledgerQuery.parse({ kind: "no-kind", about: "use:../x", person: "1", before: "", after: "-1" })).toEqual({});
    expect(ledgerQuery.parse({ kind: ["a", "b"], before: "1e3" })).toEqual({});
  });
});

describe("one entry", () => {
  it("shows that its fingerprint and its link hold", async () => {
    expect(await showEntry(aiko, 0)).toMatchObject({ leafHolds: true, linkHolds: true, previous: "00".repeat(32), who: "Aiko Sato" });
    const entry = await showEntry(aiko, 7);
    expect(entry).toMatchObject({ leafHolds: true, linkHolds: true });
    expect(entry.previous).toBe((await showEntry(aiko, 6)).leaf);
  });

  it("is not found beyond the end", async () => {
    await expect(showEntry(aiko, 1_000_000)).rejects.toMatchObject({ code: "not-found" });
  });

  it("shows it when somebody with all rights has changed it behind our back", async () => {
    const superuser = new pg.Client({ connectionString: test.superuserUrl });
    await superuser.connect();
    try {
      await superuser.query("SET session_replication_role = replica");
      await superuser.query("UPDATE ledger_entry SET body = replace(body, 'refused', 'granted') WHERE index = 7");
      await superuser.query("UPDATE ledger_entry SET leaf = sha256('other') WHERE index = 20");
    } finally {
      await superuser.end();
    }
    expect(await showEntry(aiko, 7)).toMatchObject({ leafHolds: false, linkHolds: true });
    expect(await showEntry(aiko, 20)).toMatchObject({ leafHolds: false });
    expect(await showEntry(aiko, 21)).toMatchObject({ leafHolds: true, linkHolds: false });
  });

  it("is shown as it is where it cannot be read any more, and its page of the ledger too", async () => {
    const nonsense = ["not json", "null", '{"kind":"no-kind"}', '{"kind":"policy-published","by":"x"}', '{"at":"x","by":{},"kind":"use-published"}', '{"at":"2026-01-01T00:00:00.000Z","by":{"house":true},"kind":"policy-published"}'];
    const superuser = new pg.Client({ connectionString: test.superuserUrl });
    await superuser.connect();
    try {
      await superuser.query("SET session_replication_role = replica");
      for (const [i, body] of nonsense.entries()) await superuser.query("UPDATE ledger_entry SET body = $2 WHERE index = $1", [30 + i, body]);
    } finally {
      await superuser.end();
    }
    const { lines } = await list({ before: 30 + nonsense.length });
    expect(lines.slice(0, nonsense.length).map(({ kind, index }) => [kind, index])).toEqual(nonsense.map((_, i) => ["unreadable", 29 + nonsense.length - i]));
    for (const [i, body] of nonsense.entries()) {
      expect(await showEntry(aiko, 30 + i)).toMatchObject({ entry: null, who: null, body, leafHolds: false, hasReceipt: false });
      expect(await showLedgerProof(aiko, 30 + i)).toMatchObject({ holds: false });
    }
  });
});
