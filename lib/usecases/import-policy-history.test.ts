import { randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { zipSync } from "fflate";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { policyImport, type PolicyImport } from "@/lib/contract/policy";
import { closeDatabase, database } from "@/lib/data/client";
import { parseEntry } from "@/lib/data/ledger/write";
import type { StaffActor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import type { HistoryInput } from "@/lib/text/policy-history";
import { discardImportedPolicyVersions } from "@/lib/usecases/discard-policy-draft";
import { checkPolicyHistory, importPolicyHistory } from "@/lib/usecases/import-policy-history";
import { publishPolicyVersion } from "@/lib/usecases/publish-policy-version";
import { readPolicy } from "@/lib/usecases/read-policy";
import { readPublicPolicy } from "@/lib/usecases/read-public-policy";
import { startPolicyDraft } from "@/lib/usecases/start-policy-draft";

const corpus = "prisma/corpus/37signals-privacy-policy";
let base: TestDatabase;
let officer: StaffActor;
let approver: StaffActor;
let files: HistoryInput[];
let policies = 0;
let key = "";

beforeAll(async () => {
  base = await openTestDatabase();
  [officer, approver] = [await staff("officer"), await staff("approver")];
  files = await Promise.all((await readdir(corpus)).map(async (name) => ({ path: name, bytes: new Uint8Array(await readFile(`${corpus}/${name}`)) })));
});
afterAll(async () => {
  await closeDatabase();
  await base.drop();
});
beforeEach(() => {
  key = `policy-${(policies += 1)}`;
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

const asNew = (more: object = {}): PolicyImport => policyImport.parse({ requestId: randomUUID(), into: "new", title: "", key, locale: "en", ...more });
const into = (): PolicyImport => policyImport.parse({ requestId: randomUUID(), into: "existing", policy: key, locale: "en" });
const text = (path: string, date: string, words = `# ${path}`): HistoryInput => ({ path, bytes: new TextEncoder().encode(words), date });
const rows = () => database().policyVersion.findMany({ where: { policy: { key } }, orderBy: { number: "asc" }, include: { texts: true } });
const entries = async () => (await database().ledgerEntry.findMany({ where: { subject: `policy:${key}` }, orderBy: { index: "asc" } })).map((row) => parseEntry(row.body));

/** The first versions of the real history, as its folder. */
function firstOf(count: number): HistoryInput[] {
  const history = JSON.parse(new TextDecoder().decode(files.find((file) => file.path === "history.json")?.bytes)) as { versions: { file: string }[] };
  const versions = history.versions.slice(0, count);
  const named = new Set(versions.map((version) => version.file));
  return [{ path: "history.json", bytes: new TextEncoder().encode(JSON.stringify({ ...history, versions })) }, ...files.filter((file) => named.has(file.path))];
}

describe("the 97 real versions", () => {
  test("come in whole, with dates, summaries, source and licence", async () => {
    const summary = await importPolicyHistory(officer, asNew(), files);

    expect(summary).toMatchObject({ found: 97, added: 97, alreadyHere: 0, imported: true, policy: { key, title: "37signals (Basecamp) privacy policy", isNew: true } });
    const versions = await rows();
    expect(versions).toHaveLength(97);
    expect(versions.map((version) => version.number)).toEqual(Array.from({ length: 97 }, (_, index) => index + 1));
    expect(versions[0]).toMatchObject({ inForceFrom: new Date("2018-05-14T19:32:48Z"), changeNote: "basecamp.com import", publishedAt: null, origin: "imported", authorIds: [officer.id] });
    expect(versions.at(-1)).toMatchObject({ inForceFrom: new Date("2023-07-27T16:48:20Z"), changeNote: "Ampersand edits", sourceFile: "097.md" });
    expect(versions.every((version, index) => version.replacesId === (versions[index - 1]?.id ?? null))).toBe(true);
    for (const version of versions) {
      expect(version.texts).toHaveLength(1);
      expect(version.texts[0]?.markdown).not.toMatch(/\{[%{]|^---/);
    }
    const policy = await database().policy.findUniqueOrThrow({ where: { key } });
    expect(policy).toMatchObject({ licence: "CC BY 4.0", attribution: "37signals LLC, Basecamp open source policies" });
    const [entry] = await entries();
    expect(entry?.kind === "policy-imported" && entry.versions).toHaveLength(97);
  });

  test("imported again, by the same form or another, change nothing and say so", async () => {
    const form = asNew();
    const first = await importPolicyHistory(officer, form, files);
    const before = await rows();
    expect(await importPolicyHistory(officer, form, files)).toEqual(first);
    expect(await importPolicyHistory(officer, asNew(), files)).toMatchObject({ added: 0, alreadyHere: 97 });
    expect(await importPolicyHistory(officer, into(), [{ path: "history.zip", bytes: zipSync(Object.fromEntries(files.map((file) => [`policy/${file.path}`, file.bytes]))) }])).toMatchObject({ added: 0, alreadyHere: 97 });
    expect(await rows()).toEqual(before);
    expect(await entries()).toHaveLength(1);
  });

  test("are not what a request says it did when it is sent again with other files", async () => {
    const form = asNew();
    await importPolicyHistory(officer, form, firstOf(5));
    expect((await refusalOf(importPolicyHistory(officer, form, firstOf(3)))).code).toBe("idempotency-conflict");
    expect(await rows()).toHaveLength(5);
  });

  test("sent by eight at once come in once", async () => {
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => importPolicyHistory(officer, asNew(), firstOf(10))));
    expect(outcomes.map((one) => one.added).sort((a, b) => b - a)).toEqual([10, 0, 0, 0, 0, 0, 0, 0]);
    expect(await rows()).toHaveLength(10);
    expect(await entries()).toHaveLength(1);
  });

  test("become public all at once, in one entry, when somebody else publishes the newest", async () => {
    await importPolicyHistory(officer, asNew(), files);
    expect((await refusalOf(readPublicPolicy({ key }))).code).toBe("not-found");
    const { waitingHistory } = await readPolicy(approver, { key });
    expect(waitingHistory).toMatchObject({ count: 97, newest: 97, replaces: 96 });
    const publish = { key, version: 97, draft: waitingHistory?.draft ?? "", revision: 1, replaces: 96, when: "now" as const, inForceFrom: null };
    expect(await publishPolicyVersion(approver, { ...publish, requestId: randomUUID() })).toMatchObject({ version: 97, history: 96 });

    const versions = await rows();
    expect(versions.filter((version) => version.publishedAt && version.publishedById === approver.id && version.entryIndex === versions[0]?.entryIndex)).toHaveLength(97);
    expect(versions.filter((version) => !version.editorial).map((version) => version.number)).toEqual([1, 97]);
    expect([1, 50, 96, 97].map((number) => versions[number - 1]?.askedSince)).toEqual([1, 1, 1, 97]);
    const [, published] = await entries();
    expect(published?.kind === "policy-published" && [published.version, published.replaces, published.history.length]).toEqual([97, 96, 96]);

    const at = new Date("2020-01-01T00:00:00Z");
    const live = versions.filter((version) => version.inForceFrom && version.inForceFrom <= at).at(-1);
    expect((await readPublicPolicy({ key, at })).version.number).toBe(live?.number);
    const now = await readPublicPolicy({ key });
    expect([now.version.number, now.total, now.history.length, now.older]).toEqual([97, 97, 25, 73]);
    expect((await readPublicPolicy({ key, at: new Date("2018-05-14T19:32:47Z") })).version).toMatchObject({ standing: "announced" });
  });
});

describe("a history that grew", () => {
  test("adds only what is new, and moves a draft behind it", async () => {
    await importPolicyHistory(officer, asNew(), firstOf(40));
    const draft = await startPolicyDraft(officer, { key });
    expect(draft.number).toBe(41);
    expect(await checkPolicyHistory(officer, into(), files)).toMatchObject({ found: 97, added: 57, alreadyHere: 40, imported: false });
    expect(await importPolicyHistory(officer, into(), files)).toMatchObject({ added: 57, alreadyHere: 40 });
    const versions = await rows();
    expect(versions).toHaveLength(98);
    expect(versions.at(-1)).toMatchObject({ number: 98, origin: "written", revision: 2, replacesId: versions[96]?.id });
    expect(versions[40]).toMatchObject({ number: 41, origin: "imported", replacesId: versions[39]?.id });
  });

  test("can be thrown away as long as nobody published it, and a draft keeps its place", async () => {
    await importPolicyHistory(officer, asNew(), firstOf(5));
    await startPolicyDraft(officer, { key });
    expect(await discardImportedPolicyVersions(officer, { key })).toBe(5);
    expect(await rows()).toMatchObject([{ origin: "written", replacesId: null }]);
  });
});

describe("what an import refuses, whole", () => {
  test("another text for the same moment, with the file named", async () => {
    await importPolicyHistory(officer, asNew({ title: "Notice" }), [text("a.md", "2021-01-01"), text("b.md", "2021-02-01")]);
    const refusal = await refusalOf(importPolicyHistory(officer, into(), [text("b2.md", "2021-02-01", "# Other words"), text("c.md", "2021-03-01")]));
    expect(refusal).toMatchObject({ code: "invalid", faults: [{ path: "files", message: expect.stringContaining("b2.md: Version 2 came into force at the same moment") }] });
    expect(await rows()).toHaveLength(2);
  });

  test("what comes before the newest, and what is dated in the future", async () => {
    await importPolicyHistory(officer, asNew({ title: "Notice" }), [text("b.md", "2021-02-01")]);
    const refusal = await refusalOf(importPolicyHistory(officer, into(), [text("a.md", "2020-02-01"), text("z.md", "2999-01-01")]));
    expect(refusal.faults?.map((fault) => fault.message)).toEqual([expect.stringMatching(/^a\.md: .*only grows at its end/), expect.stringMatching(/^z\.md: .*in the future/)]);
  });

  test("a short name that another policy has", async () => {
    await importPolicyHistory(officer, asNew({ title: "Notice" }), [text("a.md", "2021-01-01")]);
    expect(await refusalOf(importPolicyHistory(officer, asNew({ title: "Other" }), [text("x.md", "2021-05-01")]))).toMatchObject({ code: "name-taken", faults: [{ path: "key" }] });
  });

  test("files that cannot be read, each named, and nothing of the others is kept", async () => {
    const broken = files.map((file) => (file.path === "042.md" ? { ...file, bytes: new Uint8Array([0xc3, 0x28]) } : file)).filter((file) => file.path !== "050.md");
    const refusal = await refusalOf(importPolicyHistory(officer, asNew(), broken));
    expect(refusal.code).toBe("invalid");
    expect(refusal.faults?.map((fault) => fault.message).join("\n")).toMatch(/042\.md[^]*050\.md|050\.md[^]*042\.md|050/);
    expect(await database().policy.count({ where: { key } })).toBe(0);
  });

  test("names with characters that cannot be kept come in without them", async () => {
    const history = { title: "Bad \u0000 name \ud800", versions: [{ file: "a.md", committedAt: "2021-01-01T00:00:00Z", summary: "x\u0000y\udfff" }] };
    await importPolicyHistory(officer, asNew(), [{ path: "history.json", bytes: new TextEncoder().encode(JSON.stringify(history)) }, text("a.md", "2021-01-01")].map(({ path, bytes }) => ({ path, bytes })));
    expect(await rows()).toMatchObject([{ changeNote: "x y\ufffd" }]);
  });

  test("somebody without the right to import", async () => {
    expect((await refusalOf(importPolicyHistory(approver, asNew(), files))).code).toBe("forbidden");
    expect((await refusalOf(checkPolicyHistory(approver, asNew(), files))).code).toBe("forbidden");
  });
});
