import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import type { PromptWords } from "@/lib/contract/prompt";
import { closeDatabase, database } from "@/lib/data/client";
import { digestOf, toHex } from "@/lib/data/digest";
import { parseEntry } from "@/lib/data/ledger/write";
import type { StaffActor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { comparePromptVersions } from "@/lib/usecases/compare-prompt-versions";
import { createDataUse, type DraftSeen } from "@/lib/usecases/create-data-use";
import { discardPromptDraft } from "@/lib/usecases/discard-prompt-draft";
import { listPrompts } from "@/lib/usecases/list-prompts";
import { proposePrompt } from "@/lib/usecases/propose-prompt";
import { publishPrompt } from "@/lib/usecases/publish-prompt";
import { readPrompt } from "@/lib/usecases/read-prompt";
import { readPromptDraft } from "@/lib/usecases/read-prompt-draft";
import { removeLocaleFromPrompt } from "@/lib/usecases/remove-prompt-locale";
import { savePromptDraft } from "@/lib/usecases/save-prompt-draft";
import { startPromptDraft } from "@/lib/usecases/start-prompt-draft";

let base: TestDatabase;
let officer: StaffActor;
let approver: StaffActor;
let uses = 0;
let key = "";

const words: PromptWords = {
  title: "Mountain bikes",
  question: "May we remember which mountain bikes you look at?",
  benefit: "You see the bikes that fit you first.",
  ifNo: "Everything stays as it is.",
  yesLabel: "Yes, remember",
  noLabel: "No, do not",
};

beforeAll(async () => {
  base = await openTestDatabase();
  officer = await staff("officer");
  approver = await staff("approver");
});
afterAll(async () => {
  await closeDatabase();
  await base.drop();
});
beforeEach(async () => {
  key = `use-${(uses += 1)}`;
  await createDataUse(officer, { requestId: randomUUID(), key, name: `Use ${key}` });
});

async function staff(role: "officer" | "approver"): Promise<StaffActor> {
  const made = await database().staff.create({ data: { email: `${randomUUID()}@example.test`, name: `The ${role}`, role, passwordHash: "-" } });
  return { kind: "staff", id: made.id, name: made.name, email: made.email, role };
}

async function refusalOf(promise: Promise<unknown>): Promise<Refusal> {
  const outcome = await promise.then(() => null, (error: unknown) => error);
  if (!(outcome instanceof Refusal)) throw new Error(`expected a refusal, got ${String(outcome)}`);
  return outcome;
}

const save = (seen: DraftSeen, changed: Partial<PromptWords> = {}, locale: "en" | "de" = "en") =>
  savePromptDraft(officer, { ...seen, locale, changeNote: "", words: { ...words, ...changed } });
const write = async (changed: Partial<PromptWords> = {}) => save(await startPromptDraft(officer, { key }), changed);
/** A draft that waits for approval. */
async function written(changed: Partial<PromptWords> = {}): Promise<DraftSeen> {
  const seen = await write(changed);
  await proposePrompt(officer, seen);
  return seen;
}
/** As if approval had been asked for; asking refuses what publishing has to refuse too. */
const propose = ({ draft }: DraftSeen) => database().promptVersion.update({ where: { id: draft }, data: { proposedAt: new Date() } });
const approve = (seen: DraftSeen, replaces: number | null, requestId: string = randomUUID()) =>
  publishPrompt(approver, { key: seen.key, draft: seen.draft, revision: seen.revision, replaces, requestId });
const entriesAbout = async () =>
  (await database().ledgerEntry.findMany({ where: { subject: `use:${key}` }, orderBy: { index: "asc" } })).map((row) => parseEntry(row.body));

describe("the way of a wording", () => {
  test("it is written in two languages, proposed and published by somebody else, and one entry says so", async () => {
    const german = await save(await write(), { title: "Mountainbikes" }, "de");
    await proposePrompt(officer, german);
    expect(await approve(german, null)).toEqual({ key, version: 1 });
    const view = await readPrompt(approver, key);
    expect(view.live?.texts.map((text) => [text.locale, text.title])).toEqual([["en", "Mountain bikes"], ["de", "Mountainbikes"]]);
    const texts = [{ locale: "de", ...words, title: "Mountainbikes" }, { locale: "en", ...words }];
    expect(await entriesAbout()).toMatchObject([
      { kind: "prompt-published", use: key, version: 1, replaces: null, digest: toHex(digestOf({ use: key, version: 1, texts })), authors: [officer.id], by: { staff: approver.id } },
    ]);
  });

  test("a save takes back the request for approval", async () => {
    const draft = await write();
    await proposePrompt(officer, draft);
    expect((await readPromptDraft(officer, key)).state).toBe("waiting");
    await save(draft);
    expect((await readPromptDraft(officer, key)).state).toBe("draft");
  });

  test("the next version begins with every language of the one in force; what is published keeps its own", async () => {
    const german = await save(await write(), {}, "de");
    await proposePrompt(officer, german);
    await approve(german, null);
    const started = await startPromptDraft(officer, { key });
    await removeLocaleFromPrompt(officer, { ...started, locale: "de" });
    expect((await readPromptDraft(officer, key)).texts.map((text) => text.locale)).toEqual(["en"]);
    expect((await readPrompt(officer, key)).live?.texts.map((text) => text.locale)).toEqual(["en", "de"]);
  });

  test("two wordings stand side by side, part by part", async () => {
    await approve(await written(), null);
    await approve(await written({ question: "May we remember your favourite mountain bikes?" }), 1);
    const { compared } = await comparePromptVersions(officer, key, { from: 1, to: 2 });
    expect(compared?.locales[0]?.parts.filter((part) => !part.same)).toEqual([
      { part: "question", from: words.question, to: "May we remember your favourite mountain bikes?", same: false },
    ]);
  });

  test("every data use is listed, with a prompt or without", async () => {
    await approve(await written(), null);
    await startPromptDraft(officer, { key });
    const { rows } = await listPrompts(approver, { q: key, before: undefined, after: undefined });
    expect(rows.find((row) => row.key === key)).toMatchObject({ live: { number: 1 }, draft: { number: 2, state: "draft" }, useLive: null });
  });
});

describe("what publishing refuses", () => {
  test("a language that is not complete, and the organisation's own language missing", async () => {
    const draft = await save(await startPromptDraft(officer, { key }), { noLabel: "", ifNo: "" }, "de");
    await propose(draft);
    const faults = (await refusalOf(approve(draft, null))).faults ?? [];
    expect(faults.map((fault) => fault.path)).toEqual(expect.arrayContaining(["de.ifNo", "de.noLabel", "en.question"]));
    const only = await removeLocaleFromPrompt(officer, { ...draft, locale: "en" });
    expect((await refusalOf(proposePrompt(officer, only))).faults?.map((fault) => fault.path)).toContain("en");
  });

  test("a draft whose author has not asked for approval, or took that back by saving", async () => {
    const draft = await write();
    const unasked = { code: "conflict-draft-changed", message: expect.stringContaining("asked for approval") as string };
    expect(await refusalOf(approve(draft, null))).toMatchObject(unasked);
    await proposePrompt(officer, draft);
    expect(await refusalOf(approve(await save(draft, { title: "Bikes" }), null))).toMatchObject(unasked);
    expect(await entriesAbout()).toEqual([]);
  });

  test("the same words again", async () => {
    await approve(await written(), null);
    const same = await write();
    await propose(same);
    expect((await refusalOf(approve(same, 1))).code).toBe("nothing-changed");
  });

  test("whoever wrote on it, an officer, a draft that changed since and a version that moved on", async () => {
    const draft = await written();
    expect((await refusalOf(publishPrompt(officer, { ...draft, replaces: null, requestId: randomUUID() }))).code).toBe("forbidden");
    expect((await refusalOf(approve(draft, 3))).code).toBe("version-superseded");
    await propose(await save(draft, { title: "Bikes" }));
    expect((await refusalOf(approve(draft, null))).code).toBe("conflict-draft-changed");
    const author: StaffActor = { ...approver, role: "officer" };
    const now = await savePromptDraft(author, { ...draft, revision: draft.revision + 1, locale: "en", changeNote: "", words });
    await proposePrompt(author, now);
    expect((await refusalOf(approve(now, null))).code).toBe("same-author");
  });

  test("a draft that was discarded while somebody had it open", async () => {
    const draft = await write();
    await discardPromptDraft(officer, draft);
    await write({ title: "Something else" });
    expect((await refusalOf(approve(draft, null))).code).toBe("conflict-draft-changed");
    expect(await entriesAbout()).toEqual([]);
  });
});

describe("many at once", () => {
  test("the same request for another version is a conflict", async () => {
    const requestId = randomUUID();
    await publishPrompt(approver, { ...(await written()), replaces: null, requestId });
    const next = await written({ title: "Bikes" });
    expect((await refusalOf(publishPrompt(approver, { ...next, replaces: 1, requestId }))).code).toBe("idempotency-conflict");
    expect(await entriesAbout()).toHaveLength(1);
  });

  test("eight publishers of one draft leave one version and one entry", async () => {
    const draft = await written();
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => approve(draft, null)));
    expect(outcomes.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    for (const one of outcomes) if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "already-published" });
    expect(await entriesAbout()).toHaveLength(1);
  });

  test("twenty identical submits make one entry and all say the same", async () => {
    const draft = await written();
    const requestId = randomUUID();
    const said = await Promise.all(Array.from({ length: 20 }, () => approve(draft, null, requestId)));
    expect(new Set(said.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(await entriesAbout()).toHaveLength(1);
  });

  test("of eight savers who saw the same revision one wins, and what it wrote stays", async () => {
    const draft = await startPromptDraft(officer, { key });
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, (_, i) => save(draft, { title: `Title ${i}` })));
    const won = outcomes.findIndex((one) => one.status === "fulfilled");
    expect(outcomes.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    for (const one of outcomes) if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "conflict-draft-changed", detail: { revision: 2 } });
    expect((await readPromptDraft(officer, key)).texts[0]?.title).toBe(`Title ${won}`);
  });

  test("eight who begin a prompt at once begin one", async () => {
    const begun = await Promise.all(Array.from({ length: 8 }, () => startPromptDraft(officer, { key })));
    expect(new Set(begun.map((one) => one.draft)).size).toBe(1);
    expect((await readPromptDraft(officer, key)).texts).toHaveLength(1);
  });
});
