import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { emptyTerms } from "@/lib/contract/terms";
import { closeDatabase, database } from "@/lib/data/client";
import { digestOf, toHex } from "@/lib/data/digest";
import { parseEntry } from "@/lib/data/ledger/write";
import type { StaffActor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import type { Terms } from "@/lib/domain/terms";
import { createDataUse, type DraftSeen } from "@/lib/usecases/create-data-use";
import { discardDataUseDraft } from "@/lib/usecases/discard-data-use-draft";
import { proposeDataUse } from "@/lib/usecases/propose-data-use";
import { publishDataUse } from "@/lib/usecases/publish-data-use";
import { saveDataUseDraft } from "@/lib/usecases/save-data-use-draft";
import { startDataUseDraft } from "@/lib/usecases/start-data-use-draft";

let base: TestDatabase;
let officer: StaffActor;
let second: StaffActor;
let approver: StaffActor;
let uses = 0;
let key = "";

const terms: Terms = {
  ...emptyTerms,
  categories: ["user.behavior.browsing_history"],
  purpose: "personalize.content",
  places: ["DE"],
  sources: ["observed"],
  benefits: ["You see the bikes that fit you"],
};
const months = (count: number): Terms => ({ ...terms, retention: { kind: "period", count, unit: "months" } });

beforeAll(async () => {
  base = await openTestDatabase();
  officer = await staff("officer");
  second = await staff("officer");
  approver = await staff("approver");
});
afterAll(async () => {
  await closeDatabase();
  await base.drop();
});
beforeEach(async () => {
  await database().organisation.update({ where: { id: 1 }, data: { reask: "any", twoPairsOfEyes: true } });
  key = `use-${(uses += 1)}`;
});

async function staff(role: "officer" | "approver"): Promise<StaffActor> {
  const made = await database().staff.create({ data: { email: `${randomUUID()}@example.test`, name: `The ${role}`, role, passwordHash: "-" } });
  return { kind: "staff", id: made.id, name: made.name, email: made.email, role };
}

/** What a promise was refused with; fails when it was not. */
async function refusalOf(promise: Promise<unknown>): Promise<Refusal> {
  const outcome = await promise.then(() => null, (error: unknown) => error);
  if (!(outcome instanceof Refusal)) throw new Error(`expected a refusal, got ${String(outcome)}`);
  return outcome;
}

async function write(live: Terms, from?: DraftSeen): Promise<DraftSeen> {
  const draft = from ?? (await createDataUse(officer, { requestId: randomUUID(), key, name: `Use ${key}` }));
  return saveDataUseDraft(officer, { ...draft, changeNote: "", terms: live });
}

const approve = (draft: DraftSeen, replaces: number | null, by: StaffActor = approver, requestId: string = randomUUID()) =>
  publishDataUse(by, { key: draft.key, draft: draft.draft, revision: draft.revision, replaces, requestId });

/** A draft that waits for approval. */
async function written(live: Terms, from?: DraftSeen): Promise<DraftSeen> {
  const draft = await write(live, from);
  await proposeDataUse(officer, draft);
  return draft;
}

/** As if approval had been asked for; asking refuses what publishing has to refuse too. */
async function propose({ draft }: DraftSeen): Promise<void> {
  await database().dataUseVersion.update({ where: { id: draft }, data: { proposedAt: new Date() } });
}

async function publishNext(live: Terms, replaces: number | null): Promise<void> {
  await approve(await written(live, replaces === null ? undefined : await startDataUseDraft(officer, { key })), replaces);
}

async function rowOf(number: number) {
  return database().dataUseVersion.findFirstOrThrow({ where: { use: { key }, number } });
}

async function coverage(): Promise<string[]> {
  const rows = await database().versionCoverage.findMany({ where: { use: { key } }, orderBy: [{ answered: "asc" }, { requested: "asc" }] });
  return rows.map((row) => `${row.answered}→${row.requested} ${row.carries ? "holds" : "asks"}`);
}

const entriesAbout = async () =>
  (await database().ledgerEntry.findMany({ where: { subject: `use:${key}` }, orderBy: { index: "asc" } })).map((row) => parseEntry(row.body));

describe("the way of a version", () => {
  test("a draft is written, proposed and published by somebody else, and one entry says so", async () => {
    const draft = await write(terms);
    await proposeDataUse(officer, draft);
    expect((await rowOf(1)).proposedAt).not.toBeNull();
    expect(await approve(draft, null)).toEqual({ key, version: 1, carriedFrom: [] });

    const row = await rowOf(1);
    expect(row).toMatchObject({ publishedById: approver.id, twoPairsOfEyes: true, reask: "any", replacesId: null, legalBasis: "consent" });
    expect(row.digest && toHex(row.digest)).toBe(toHex(digestOf({ use: key, version: 1, terms })));
    expect(await entriesAbout()).toMatchObject([
      { kind: "use-published", use: key, version: 1, replaces: null, digest: toHex(digestOf({ use: key, version: 1, terms })), authors: [officer.id], by: { staff: approver.id } },
    ]);
  });

  test("a save takes back the request for approval", async () => {
    const draft = await write(terms);
    await proposeDataUse(officer, draft);
    await saveDataUseDraft(officer, { ...draft, changeNote: "once more", terms });
    expect((await rowOf(1)).proposedAt).toBeNull();
  });

  test("the next version begins with the terms in force, and starting twice is one draft", async () => {
    await publishNext(months(12), null);
    const started = await Promise.all(Array.from({ length: 8 }, () => startDataUseDraft(officer, { key })));
    expect(new Set(started.map((one) => one.draft)).size).toBe(1);
    expect((await rowOf(2)).terms).toEqual(months(12));
  });

  test("a discarded draft cannot be published by somebody who still has it open, not even when a new one looks alike", async () => {
    const draft = await createDataUse(officer, { requestId: randomUUID(), key, name: "Use" });
    const saved = await saveDataUseDraft(officer, { ...draft, changeNote: "", terms });
    await discardDataUseDraft(officer, saved);
    const other = await startDataUseDraft(officer, { key });
    await saveDataUseDraft(officer, { ...other, changeNote: "", terms: { ...terms, sharing: "sold" } });
    expect((await refusalOf(approve(saved, null))).code).toBe("conflict-draft-changed");
    expect(await entriesAbout()).toEqual([]);
  });
});

describe("what publishing refuses", () => {
  test("somebody who wrote on it, until the organisation switches two pairs of eyes off", async () => {
    const author: StaffActor = { ...approver, role: "officer" };
    const draft = await createDataUse(author, { requestId: randomUUID(), key, name: "Use" });
    const saved = await saveDataUseDraft(author, { ...draft, changeNote: "", terms });
    await proposeDataUse(author, saved);
    expect((await refusalOf(approve(saved, null))).code).toBe("same-author");
    await database().organisation.update({ where: { id: 1 }, data: { twoPairsOfEyes: false } });
    await approve(saved, null);
    expect((await rowOf(1)).twoPairsOfEyes).toBe(false);
    expect(await entriesAbout()).toMatchObject([{ twoPairsOfEyes: false }]);
  });

  test("an officer, and anybody who is not signed in", async () => {
    const draft = await write(terms);
    expect((await refusalOf(approve(draft, null, second))).code).toBe("forbidden");
    expect((await refusalOf(publishDataUse({ kind: "anyone" }, { ...draft, replaces: null, requestId: randomUUID() }))).code).toBe("signed-out");
  });

  test("a draft that changed since, and a version compared with that is no longer in force", async () => {
    const draft = await written(terms);
    await written(months(24), draft);
    expect((await refusalOf(approve(draft, null))).code).toBe("conflict-draft-changed");
    const current = { ...draft, revision: draft.revision + 1 };
    expect((await refusalOf(approve(current, 7))).code).toBe("version-superseded");
  });

  test("a draft whose author has not asked for approval, or took that back by saving", async () => {
    const draft = await write(terms);
    const unasked = { code: "conflict-draft-changed", message: expect.stringContaining("asked for approval") as string };
    expect(await refusalOf(approve(draft, null))).toMatchObject(unasked);
    await proposeDataUse(officer, draft);
    expect(await refusalOf(approve(await write(months(24), draft), null))).toMatchObject(unasked);
    expect(await entriesAbout()).toEqual([]);
  });

  test("the same deal again, however it is spelled", async () => {
    await publishNext({ ...terms, recipients: [{ name: "Parcel Co", kind: "processor" }] }, null);
    const draft = await write({ ...terms, recipients: [{ name: " PARCEL co ", kind: "processor" }], places: ["DE", "de"] }, await startDataUseDraft(officer, { key }));
    await propose(draft);
    expect((await refusalOf(approve(draft, 1))).code).toBe("nothing-changed");
    expect((await refusalOf(proposeDataUse(officer, draft))).code).toBe("nothing-changed");
  });

  test("another legal basis for what people were asked for", async () => {
    await publishNext(terms, null);
    const draft = await write({ ...terms, legalBasis: "legitimate-interests" }, await startDataUseDraft(officer, { key }));
    await propose(draft);
    const refusal = await refusalOf(approve(draft, 1));
    expect(refusal.code).toBe("basis-switch");
    expect(refusal.faults).toMatchObject([{ path: "legalBasis" }]);
  });

  test("terms that leave open what is remembered or what for", async () => {
    const draft = await write({ ...terms, categories: [], purpose: "" });
    await propose(draft);
    expect((await refusalOf(approve(draft, null))).faults?.map((fault) => fault.path)).toEqual(["categories", "purpose"]);
    expect((await refusalOf(proposeDataUse(officer, draft))).faults).toHaveLength(2);
  });

  test("words that are in no taxonomy, already when saved", async () => {
    const draft = await createDataUse(officer, { requestId: randomUUID(), key, name: "Use" });
    const refusal = await refusalOf(saveDataUseDraft(officer, { ...draft, changeNote: "", terms: { ...terms, categories: ["user.nonsense"], purpose: "nothing" } }));
    expect(refusal.faults?.map((fault) => fault.path)).toEqual(["categories", "purpose"]);
  });
});

describe("many at once", () => {
  test("eight publishers of one draft leave one version and one entry", async () => {
    const draft = await written(terms);
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => approve(draft, null)));
    expect(outcomes.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    for (const one of outcomes) if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "already-published" });
    expect(await entriesAbout()).toHaveLength(1);
  });

  test("twenty identical submits make one entry and all say the same", async () => {
    const draft = await written(terms);
    const requestId = randomUUID();
    const said = await Promise.all(Array.from({ length: 20 }, () => approve(draft, null, approver, requestId)));
    expect(new Set(said.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(await entriesAbout()).toHaveLength(1);
  });

  test("the same request for another version is a conflict", async () => {
    const requestId = randomUUID();
    await approve(await written(months(12)), null, approver, requestId);
    const next = await written(months(24), await startDataUseDraft(officer, { key }));
    expect((await refusalOf(approve(next, 1, approver, requestId))).code).toBe("idempotency-conflict");
    expect(await entriesAbout()).toHaveLength(1);
  });

  test("of eight savers who saw the same revision one wins, and the others learn the newer one", async () => {
    const draft = await createDataUse(officer, { requestId: randomUUID(), key, name: "Use" });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, (_, i) => saveDataUseDraft(i % 2 ? officer : second, { ...draft, changeNote: `by ${i}`, terms: months(i + 1) })),
    );
    expect(outcomes.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    for (const one of outcomes) if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "conflict-draft-changed", detail: { revision: 2 } });
    expect((await rowOf(1)).revision).toBe(2);
  });

  test("eight who make a use of the same name at once: one does", async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => createDataUse(officer, { requestId: randomUUID(), key, name: "Use" })));
    expect(outcomes.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    for (const one of outcomes) if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "name-taken" });
  });

  test("the same submit twenty times makes one use with one draft; with something else in it, it is a conflict", async () => {
    const input = { requestId: randomUUID(), key, name: "Use" };
    const said = await Promise.all(Array.from({ length: 20 }, () => createDataUse(officer, input)));
    expect(new Set(said.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(await database().dataUseVersion.count({ where: { use: { key } } })).toBe(1);
    for (const other of [{ name: "Another" }, { key: `${key}-other` }]) {
      expect((await refusalOf(createDataUse(officer, { ...input, ...other }))).code).toBe("idempotency-conflict");
    }
    expect((await refusalOf(createDataUse(officer, { ...input, requestId: randomUUID() }))).code).toBe("name-taken");
  });

  test("a publisher and a saver at once: what is published is what was approved", async () => {
    const draft = await written(months(12));
    const [published, saved] = await Promise.allSettled([approve(draft, null), write(months(99), draft)]);
    const row = await rowOf(1);
    expect([published.status, saved.status].sort()).toEqual(["fulfilled", "rejected"]);
    expect(row.publishedAt === null ? row.terms : months(12)).toEqual(published.status === "fulfilled" ? row.terms : months(99));
  });
});

describe("who is asked again", () => {
  test("any change of terms asks everybody, and an older scope stays within reach of a wider answer", async () => {
    await publishNext(months(12), null);
    await publishNext(months(24), 1);
    await publishNext(months(12), 2);
    expect(await coverage()).toEqual(["1→2 asks", "1→3 holds", "2→1 holds", "2→3 asks", "3→1 holds", "3→2 asks"]);
  });

  test("an organisation that asks only for more lets a narrowing carry over", async () => {
    await database().organisation.update({ where: { id: 1 }, data: { reask: "wider" } });
    await publishNext(months(24), null);
    await publishNext(months(12), 1);
    expect(await coverage()).toEqual(["1→2 holds", "2→1 asks"]);
    expect((await entriesAbout()).at(-1)).toMatchObject({ reask: "wider", carriedFrom: [1] });
  });

  test("publishing touches no table that grows with people: it goes through while they are locked", async () => {
    await publishNext(months(12), null);
    const draft = await written(months(24), await startDataUseDraft(officer, { key }));
    const owner = new pg.Client({ connectionString: base.ownerUrl });
    await owner.connect();
    try {
      await owner.query("BEGIN; LOCK TABLE permission, person, acceptance, serving, tally, tally_day IN ACCESS EXCLUSIVE MODE");
      await approve(draft, 1);
    } finally {
      await owner.end();
    }
    expect(await coverage()).toEqual(["1→2 asks", "2→1 holds"]);
  });
});
