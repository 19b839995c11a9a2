import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { emptyTerms } from "@/lib/contract/terms";
import { closeDatabase, database } from "@/lib/data/client";
import type { StaffActor } from "@/lib/domain/actor";
import type { Terms } from "@/lib/domain/terms";
import { addTaxonomyWord } from "@/lib/usecases/add-taxonomy-word";
import { compareDataUseVersions } from "@/lib/usecases/compare-data-use-versions";
import { createDataUse } from "@/lib/usecases/create-data-use";
import { listDataUses } from "@/lib/usecases/list-data-uses";
import { listTaxonomyWords } from "@/lib/usecases/list-taxonomy-words";
import { proposeDataUse } from "@/lib/usecases/propose-data-use";
import { publishDataUse } from "@/lib/usecases/publish-data-use";
import { readDataUse } from "@/lib/usecases/read-data-use";
import { readDataUseDraft } from "@/lib/usecases/read-data-use-draft";
import { readDataUseVersion } from "@/lib/usecases/read-data-use-version";
import { saveDataUseDraft } from "@/lib/usecases/save-data-use-draft";
import { startDataUseDraft } from "@/lib/usecases/start-data-use-draft";

let base: TestDatabase;
let officer: StaffActor;
let approver: StaffActor;

const months = (count: number): Terms => ({
  ...emptyTerms,
  categories: ["user.behavior.browsing_history"],
  purpose: "personalize",
  places: ["DE"],
  sources: ["observed"],
  benefits: ["You see the bikes that fit you"],
  retention: { kind: "period", count, unit: "months" },
});

beforeAll(async () => {
  base = await openTestDatabase();
  officer = await staff("officer");
  approver = await staff("approver");
});
afterAll(async () => {
  await closeDatabase();
  await base.drop();
});

async function staff(role: "officer" | "approver"): Promise<StaffActor> {
  const made = await database().staff.create({ data: { email: `${randomUUID()}@example.test`, name: `The ${role}`, role, passwordHash: "-" } });
  return { kind: "staff", id: made.id, name: made.name, email: made.email, role };
}

async function publish(key: string, terms: Terms, replaces: number | null): Promise<void> {
  const draft = replaces === null ? await createDataUse(officer, { requestId: randomUUID(), key, name: `Use ${key}` }) : await startDataUseDraft(officer, { key });
  const saved = await saveDataUseDraft(officer, { ...draft, changeNote: "", terms });
  await proposeDataUse(officer, saved);
  await publishDataUse(approver, { ...saved, replaces, requestId: randomUUID() });
}

/** People who answered one version: so many of each state. */
async function answers(key: string, version: number, states: Record<string, number>): Promise<void> {
  const { id: useId } = await database().dataUse.findUniqueOrThrow({ where: { key } });
  for (const [state, count] of Object.entries(states)) {
    const people = await database().person.createManyAndReturn({ data: Array.from({ length: count }, () => ({})), select: { id: true } });
    await database().permission.createMany({
      data: people.map(({ id }) => ({ personId: id, useId, state, version, answeredAt: new Date(), channel: "test", entryIndex: 0n })),
    });
  }
}

describe("a draft beside what is in force", () => {
  test("says how many people are asked again, and whose answers go on holding", async () => {
    await publish("bikes", months(12), null);
    await publish("bikes", months(24), 1);
    await answers("bikes", 1, { granted: 5, refused: 2 });
    await answers("bikes", 2, { granted: 3, withdrawn: 1 });
    const draft = await startDataUseDraft(officer, { key: "bikes" });
    await saveDataUseDraft(officer, { ...draft, changeNote: "", terms: months(12) });

    const any = await readDataUseDraft(officer, "bikes");
    expect(any.effect).toMatchObject({ reask: "any", asked: 4, stays: 7, carriedFrom: [1], promptLive: false, first: false });
    expect(any.compared?.overall).toBe("narrower");
    expect(any.compared?.rows.find((row) => row.dimension === "retention")?.sentence).toBe("kept 24 → 12 months: narrower");

    await database().organisation.update({ where: { id: 1 }, data: { reask: "wider" } });
    expect((await readDataUseDraft(officer, "bikes")).effect).toMatchObject({ reask: "wider", asked: 0, stays: 11, carriedFrom: [1, 2] });
    await database().organisation.update({ where: { id: 1 }, data: { reask: "any" } });
  });

  test("says why it cannot be approved yet, and whose it is", async () => {
    await createDataUse(officer, { requestId: randomUUID(), key: "fresh", name: "Fresh" });
    const view = await readDataUseDraft(officer, "fresh");
    expect(view.open).toHaveLength(2);
    expect(view.own).toBe(true);
    expect(view.can).toEqual({ write: true, publish: false });
    expect((await readDataUseDraft(approver, "fresh")).own).toBe(false);
  });
});

describe("the page of a use", () => {
  test("counts people by their last answer, and versions by who stands at them", async () => {
    const view = await readDataUse(officer, "bikes");
    expect(view.people).toEqual({ granted: 8, refused: 2, withdrawn: 1, objected: 0, total: 11, never: 0 });
    expect(view.versions.map((one) => [one.number, one.relation, one.counts.granted])).toEqual([[2, "wider", 3], [1, null, 5]]);
    expect(view.versions[0]).toMatchObject({ publishedBy: "The approver", authors: ["The officer"], twoPairsOfEyes: true });
    expect(view.live?.terms.find((term) => term.dimension === "retention")?.value).toBe("24 months");
  });

  test("names the clauses of the newest published policy version by their headings, and of no other", async () => {
    const { id: useId } = await database().dataUse.findUniqueOrThrow({ where: { key: "bikes" } });
    const policy = await database().policy.create({ data: { key: "privacy", title: "Privacy", audience: "customers" } });
    const version = (number: number, replacesId: string | null) =>
      database().policyVersion.create({
        data: {
          policyId: policy.id,
          number,
          replacesId,
          authorIds: [officer.id],
          citations: { create: [{ clause: `what-we-pick-${number}`, useId }, { clause: "intro", useId }, { clause: "gone", useId }] },
          texts: { create: { locale: "en", title: "Privacy", markdown: `Welcome.\n\n## What we *pick* ${number}\n\nBikes.`, digest: new Uint8Array(32) } },
        },
      });
    const made = { publishedById: approver.id, digest: new Uint8Array(32), entryIndex: 0n, askedSince: 1 };
    const first = await version(1, null);
    await database().policyVersion.update({ where: { id: first.id }, data: { ...made, publishedAt: new Date(), inForceFrom: new Date(Date.now() + 1000) } });
    await version(2, first.id);
    expect((await readDataUse(officer, "bikes")).citations).toEqual(
      [["gone", "gone"], ["intro", null], ["what-we-pick-1", "What we pick 1"]].map(([clause, heading]) => ({ policy: "privacy", title: "Privacy", version: 1, clause, heading })),
    );
  });

  test("an old version can be read as it was, and no other number can", async () => {
    const view = await readDataUseVersion(officer, "bikes", "1");
    expect(view).toMatchObject({ live: false, previous: null, next: 2 });
    expect(view.terms.find((term) => term.dimension === "retention")?.value).toBe("12 months");
    for (const number of ["3", "01", "1.0", "x", ""]) await expect(readDataUseVersion(officer, "bikes", number)).rejects.toMatchObject({ code: "not-found" });
    for (const key of ["nothing", "Bikes", "bi\u0000kes", "../x"]) await expect(readDataUse(officer, key)).rejects.toMatchObject({ code: "not-found" });
  });

  test("any two versions compare, both ways round, and say whether an answer reaches", async () => {
    const there = await compareDataUseVersions(officer, "bikes", { from: 1, to: 2 });
    expect([there.compared?.overall, there.carries]).toEqual(["wider", false]);
    const back = await compareDataUseVersions(officer, "bikes", { from: 2, to: 1 });
    expect([back.compared?.overall, back.carries]).toEqual(["narrower", true]);
    const draft = await compareDataUseVersions(officer, "bikes", {});
    expect([draft.compared?.from, draft.compared?.to, draft.carries]).toEqual([2, 3, null]);
    await expect(compareDataUseVersions(officer, "bikes", { from: 9 })).rejects.toMatchObject({ code: "not-found" });
  });
});

test("the list is paged by cursor, forth and back, and every use stands on exactly one page", async () => {
  for (let i = 0; i < 60; i += 1) await createDataUse(officer, { requestId: randomUUID(), key: `paged-${i}`, name: `Paged ${String(i).padStart(2, "0")}` });
  const page = (at: { before?: string; after?: string }) => listDataUses(officer, { q: "paged", before: at.before, after: at.after });
  const first = await page({});
  const second = await page({ after: first.after ?? "" });
  const third = await page({ after: second.after ?? "" });
  expect([first.before, third.after]).toEqual([null, null]);
  expect([...first.rows, ...second.rows, ...third.rows].map((row) => row.name)).toEqual(Array.from({ length: 60 }, (_, i) => `Paged ${String(i).padStart(2, "0")}`));
  const back = await page({ before: second.before ?? "" });
  expect(back.rows).toEqual(first.rows);
  expect(back.before).toBeNull();
});

describe("the organisation's own words", () => {
  const word = { kind: "category", parent: "user.behavior", name: "Mountain bikes looked at", description: "Which bikes somebody opened." } as const;

  test("stand below an existing word, can be chosen, and are named in the terms", async () => {
    const { key } = await addTaxonomyWord(officer, word);
    expect(key).toBe("user.behavior.mountain_bikes_looked_at");
    expect((await listTaxonomyWords(approver, "category")).own).toMatchObject([{ key, parentKey: "user.behavior", parentName: "Observed Behavior" }]);
    await publish("own-words", { ...months(6), categories: [key] }, null);
    expect((await readDataUse(officer, "own-words")).live?.terms.find((term) => term.dimension === "categories")?.value).toBe("Mountain bikes looked at");
  });

  test("are refused where there is one already, below nothing, and from an approver", async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 4 }, () => addTaxonomyWord(officer, { ...word, name: "Skis" })));
    expect(outcomes.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    await expect(addTaxonomyWord(officer, word)).rejects.toMatchObject({ code: "name-taken" });
    await expect(addTaxonomyWord(officer, { ...word, parent: "user.nothing" })).rejects.toMatchObject({ code: "invalid", faults: [{ path: "parent" }] });
    await expect(addTaxonomyWord(approver, word)).rejects.toMatchObject({ code: "forbidden" });
  });

  test("in another script get a key that fits", async () => {
    expect((await addTaxonomyWord(officer, { ...word, name: "自転車" })).key).toMatch(/^user\.behavior\.w[0-9a-f]{10}$/);
  });
});
