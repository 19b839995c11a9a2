import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { emptyTerms } from "@/lib/contract/terms";
import { closeDatabase, database } from "@/lib/data/client";
import { toHex } from "@/lib/data/digest";
import { parseEntry } from "@/lib/data/ledger/write";
import type { PolicyDraftSeen } from "@/lib/contract/policy";
import type { StaffActor } from "@/lib/domain/actor";
import { inForceAt } from "@/lib/domain/policy";
import { Refusal } from "@/lib/domain/refusal";
import { cancelPolicyVersion } from "@/lib/usecases/cancel-policy-version";
import { comparePublicPolicyVersions } from "@/lib/usecases/compare-public-policy-versions";
import { createDataUse } from "@/lib/usecases/create-data-use";
import { createPolicy } from "@/lib/usecases/create-policy";
import { discardPolicyDraft } from "@/lib/usecases/discard-policy-draft";
import { importPolicyHistory } from "@/lib/usecases/import-policy-history";
import { proposePolicyVersion } from "@/lib/usecases/propose-policy-version";
import { proposeDataUse } from "@/lib/usecases/propose-data-use";
import { publishDataUse } from "@/lib/usecases/publish-data-use";
import { publishPolicyVersion, type PolicyPublished } from "@/lib/usecases/publish-policy-version";
import { readPolicyDraft } from "@/lib/usecases/read-policy-draft";
import { readPublicPolicies } from "@/lib/usecases/read-public-policies";
import { readPublicPolicy } from "@/lib/usecases/read-public-policy";
import { readPublicPolicyVersion } from "@/lib/usecases/read-public-policy-version";
import { saveDataUseDraft } from "@/lib/usecases/save-data-use-draft";
import { savePolicyCitations, savePolicyDraft } from "@/lib/usecases/save-policy-draft";
import { startPolicyDraft } from "@/lib/usecases/start-policy-draft";

let base: TestDatabase;
let officer: StaffActor;
let second: StaffActor;
let approver: StaffActor;
let policies = 0;
let key = "";

beforeAll(async () => {
  base = await openTestDatabase();
  [officer, second, approver] = [await staff("officer"), await staff("officer"), await staff("approver")];
});
afterAll(async () => {
  await closeDatabase();
  await base.drop();
});
beforeEach(async () => {
  await database().organisation.update({ where: { id: 1 }, data: { twoPairsOfEyes: true } });
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

const create = () => createPolicy(officer, { requestId: randomUUID(), key, title: "Notice", audience: "customers", asks: "acknowledge" });
const content = (markdown: string, asking: "ask" | "editorial" = "ask", locales = ["en"]) => ({ texts: locales.map((locale) => ({ locale, title: "Notice", markdown })), changeNote: "", asking });
const save = (seen: PolicyDraftSeen, markdown: string, asking?: "ask" | "editorial", by = officer) => savePolicyDraft(by, { ...seen, ...content(markdown, asking) });

/** A draft with this text, waiting for approval. */
async function proposed(markdown: string, asking?: "ask" | "editorial"): Promise<PolicyDraftSeen & { replaces: number | null; version: number }> {
  const there = await database().policy.count({ where: { key } });
  const seen = await save(there ? await startPolicyDraft(officer, { key }) : await create(), markdown, asking);
  const { number } = await proposePolicyVersion(officer, seen);
  const { draft } = await readPolicyDraft(approver, { key });
  return { ...seen, version: number, replaces: draft.replaces };
}

const publish = (seen: Awaited<ReturnType<typeof proposed>>, more: { by?: StaffActor; at?: Date; requestId?: string; replaces?: number | null } = {}) =>
  publishPolicyVersion(more.by ?? approver, {
    key: seen.key,
    draft: seen.draft,
    revision: seen.revision,
    version: seen.version,
    replaces: more.replaces === undefined ? seen.replaces : more.replaces,
    requestId: more.requestId ?? randomUUID(),
    when: more.at ? "later" : "now",
    inForceFrom: more.at ?? null,
  });
const publishNext = async (markdown: string, asking?: "ask" | "editorial") => publish(await proposed(markdown, asking));
const rows = () => database().policyVersion.findMany({ where: { policy: { key } }, orderBy: { number: "asc" } });
const entries = async () => (await database().ledgerEntry.findMany({ where: { subject: `policy:${key}` }, orderBy: { index: "asc" } })).map((row) => parseEntry(row.body));
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);

/** How many versions are in force at an instant, as the domain's rule has it on the rows there are. */
async function countInForce(at: Date): Promise<number> {
  const states = (await rows()).flatMap((row) => (row.publishedAt && row.inForceFrom && !row.cancelledAt ? [{ state: "published" as const, number: row.number, inForceFrom: row.inForceFrom }] : []));
  const live = inForceAt(states, at);
  return states.filter((state) => state === live).length;
}

describe("the way of a version", () => {
  test("it is written, proposed and published by somebody else, and one entry commits to its texts", async () => {
    const seen = await proposed("# Hello");
    const done = await publish(seen);
    expect(done).toMatchObject({ version: 1, history: 0 });
    const [row] = await rows();
    expect(row).toMatchObject({ publishedById: approver.id, twoPairsOfEyes: true, askedSince: 1, replacesId: null, inForceFrom: done.inForceFrom });
    const [entry] = await entries();
    expect(entry).toMatchObject({ kind: "policy-published", version: 1, replaces: null, history: [], authors: [officer.id], by: { staff: approver.id }, digest: row?.digest && toHex(row.digest) });
    expect((await readPublicPolicy({ key })).version).toMatchObject({ number: 1, standing: "in-force", digest: row?.digest && toHex(row.digest) });
  });

  test("nothing of a draft is public", async () => {
    await publishNext("# One");
    await proposed("# Secret words");
    const shown = JSON.stringify([await readPublicPolicy({ key }), await readPublicPolicies({})]);
    expect(shown).not.toContain("Secret");
    expect((await refusalOf(readPublicPolicyVersion({ key, number: 2 }))).code).toBe("not-found");
    expect((await refusalOf(comparePublicPolicyVersions({ key, from: 1, to: 2 }))).code).toBe("not-found");
    key = "never-published";
    await create();
    expect((await refusalOf(readPublicPolicy({ key }))).code).toBe("not-found");
  });

  test("an editorial version asks nobody again, another does", async () => {
    await publishNext("# One");
    await publishNext("# One!", "editorial");
    await publishNext("# Two");
    await publishNext("# Two.", "editorial");
    expect((await rows()).map((row) => row.askedSince)).toEqual([1, 1, 3, 3]);
  });

  test("an old version can be restored as a new draft, and publishing what says nothing new is refused", async () => {
    await publishNext("# One");
    await publishNext("# Two");
    const restored = await startPolicyDraft(officer, { key, from: 1 });
    const page = await readPolicyDraft(officer, { key });
    expect([page.texts[0]?.markdown, page.draft.changeNote, page.draft.replaces]).toEqual(["# One", "Restores version 1.", 2]);
    await discardPolicyDraft(officer, restored);
    expect((await refusalOf(publish(await proposed("# Two")))).code).toBe("nothing-changed");
  });

  test("a written version on top of an imported history makes all of it public in one entry", async () => {
    const file = (path: string, date: string) => ({ path, bytes: new TextEncoder().encode(`# ${path}`), date });
    await importPolicyHistory(officer, { into: "new", requestId: randomUUID(), title: "Old", key, audience: "customers", asks: "acknowledge", locale: "en" }, [file("a.md", "2020-01-01"), file("b.md", "2021-01-01")]);
    const seen = await proposed("# Written here");
    expect(seen).toMatchObject({ version: 3, replaces: 2 });
    expect(await publish(seen)).toMatchObject({ version: 3, history: 2 });
    expect((await rows()).map((row) => [row.askedSince, row.editorial, row.publishedAt !== null])).toEqual([[1, false, true], [2, false, true], [3, false, true]]);
    const last = (await entries()).at(-1);
    expect(last?.kind === "policy-published" && last.history.map((one) => one.number)).toEqual([1, 2]);
    expect(await countInForce(new Date("2020-06-01"))).toBe(1);
  });
});

describe("what publishing refuses", () => {
  test("an author, until two pairs of eyes are switched off", async () => {
    const seen = await proposed("# One");
    await savePolicyDraft({ ...approver, role: "officer" }, { ...seen, ...content("# One, by the approver") });
    const again = await proposed("# One, by both");
    expect((await refusalOf(publish(again))).code).toBe("same-author");
    await database().organisation.update({ where: { id: 1 }, data: { twoPairsOfEyes: false } });
    await publish(again);
    expect((await rows())[0]).toMatchObject({ twoPairsOfEyes: false });
    // Nobody had to, and still a second person did: that is what row and entry say.
    await publishNext("# Two");
    expect((await rows())[1]).toMatchObject({ twoPairsOfEyes: true });
    expect((await entries()).map((entry) => entry.kind === "policy-published" && entry.twoPairsOfEyes)).toEqual([false, true]);
  });

  test("a draft that was saved since, one that is not proposed, and one that was discarded and begun anew", async () => {
    const seen = await proposed("# One");
    await save(seen, "# Another");
    expect((await refusalOf(publish(seen))).code).toBe("conflict-draft-changed");
    expect((await refusalOf(publish({ ...seen, revision: seen.revision + 1 }))).code).toBe("conflict-draft-changed");
    await discardPolicyDraft(officer, { ...seen, revision: seen.revision + 1 });
    const other = await proposed("# Quite another");
    expect([other.version, other.revision]).toEqual([seen.version, seen.revision]);
    expect((await refusalOf(publish(seen))).code).toBe("conflict-draft-changed");
  });

  test("another version in force than the one that was compared with, and a second time", async () => {
    const first = await proposed("# One");
    await publish(first);
    expect((await refusalOf(publish(first))).code).toBe("already-published");
    expect((await refusalOf(publish(await proposed("# Two"), { replaces: null }))).code).toBe("version-superseded");
  });

  test("somebody without the right", async () => {
    const seen = await proposed("# One");
    expect((await refusalOf(publish(seen, { by: second }))).code).toBe("forbidden");
    expect((await refusalOf(save(seen, "# X", "ask", approver))).code).toBe("forbidden");
  });

  test("any change of what is published, straight in the database too", async () => {
    await publishNext("# One");
    const [row] = await rows();
    const id = row?.id ?? "";
    await expect(database().policyText.updateMany({ where: { versionId: id }, data: { markdown: "# Other" } })).rejects.toThrow();
    await expect(database().policyText.deleteMany({ where: { versionId: id } })).rejects.toThrow();
    await expect(database().policyVersion.update({ where: { id }, data: { changeNote: "other" } })).rejects.toThrow();
    expect((await readPublicPolicy({ key })).version.texts[0]?.markdown).toBe("# One");
  });
});

describe("a scheduled version", () => {
  test("comes into force at its moment, and until then is announced with its text", async () => {
    await publishNext("# One");
    const at = inDays(30);
    await publish(await proposed("# Two"), { at });
    expect(await readPublicPolicy({ key })).toMatchObject({ version: { number: 1, standing: "in-force", until: at }, announced: [{ number: 2, inForceFrom: at }] });
    expect((await readPublicPolicyVersion({ key, number: 2 })).version).toMatchObject({ standing: "announced", title: "Notice" });
    expect((await readPublicPolicy({ key, at: new Date(at.getTime() - 1) })).version.number).toBe(1);
    expect((await readPublicPolicy({ key, at })).version.number).toBe(2);
    expect([await countInForce(at), await countInForce(new Date(at.getTime() - 1)), await countInForce(new Date())]).toEqual([1, 1, 1]);
  });

  test("can be called off before, once; then its predecessor is what the next one replaces", async () => {
    await publishNext("# One");
    const at = inDays(30);
    await publish(await proposed("# Two"), { at });
    const waiting = await proposed("# Three");
    expect(waiting.replaces).toBe(2);
    expect((await refusalOf(publish(waiting)))).toMatchObject({ code: "invalid", faults: [{ path: "inForceFrom" }] });
    const requestId = randomUUID();
    const calls = await Promise.all(Array.from({ length: 8 }, () => cancelPolicyVersion(approver, { key, version: 2, requestId })));
    expect(calls).toEqual(Array.from({ length: 8 }, () => ({ version: 2 })));
    expect((await refusalOf(cancelPolicyVersion(approver, { key, version: 2, requestId: randomUUID() }))).code).toBe("version-superseded");
    expect((await refusalOf(cancelPolicyVersion(approver, { key, version: 1, requestId: randomUUID() }))).code).toBe("already-published");
    expect((await entries()).filter((entry) => entry.kind === "policy-cancelled")).toHaveLength(1);
    expect((await readPublicPolicy({ key, at })).version.number).toBe(1);
    expect((await refusalOf(readPublicPolicyVersion({ key, number: 2 }))).code).toBe("not-found");

    expect((await refusalOf(publish(waiting))).code).toBe("version-superseded");
    await publish(waiting, { replaces: 1 });
    const [one, , three] = await rows();
    expect(three).toMatchObject({ number: 3, replacesId: one?.id });
  });

  test("is not scheduled in the past", async () => {
    expect(await refusalOf(publish(await proposed("# One"), { at: inDays(-1) }))).toMatchObject({ code: "invalid", faults: [{ path: "inForceFrom" }] });
  });
});

describe("citations", () => {
  test("follow their clause, and one whose clause is gone has to be settled before proposing", async () => {
    const use = await createDataUse(officer, { requestId: randomUUID(), key: `${key}-use`, name: "Bike picks" });
    const terms = { ...emptyTerms, categories: ["user.behavior.browsing_history"], purpose: "personalize.content", places: ["DE"], sources: ["observed" as const], benefits: ["You see the bikes that fit you"] };
    const ready = await saveDataUseDraft(officer, { ...use, changeNote: "", terms });
    await proposeDataUse(officer, ready);
    await publishDataUse(approver, { key: ready.key, draft: ready.draft, revision: ready.revision, replaces: null, requestId: randomUUID() });

    const saved = await save(await create(), "# Notice\n\n## Picks\n\nWe pick bikes.\n\n## Rights\n\nYours.");
    const cited = await savePolicyCitations(officer, { ...saved, citations: [{ clause: "picks", uses: [`${key}-use`] }, { clause: "rights", add: `${key}-use` }] });
    const gone = await save(cited, "# Notice\n\n## Rights\n\nYours.");
    expect((await readPolicyDraft(officer, { key })).broken).toEqual([{ clause: "picks", use: { key: `${key}-use`, name: "Bike picks" } }]);
    expect(await refusalOf(proposePolicyVersion(officer, gone))).toMatchObject({ code: "invalid", faults: [{ path: "citations" }] });
    expect((await rows())[0]?.proposedAt).toBeNull();
    const settled = await savePolicyCitations(officer, { ...gone, citations: [{ clause: "rights", uses: [`${key}-use`] }] });
    await proposePolicyVersion(officer, settled);
    await publish({ ...settled, version: 1, replaces: null });
    const { version } = await readPublicPolicy({ key });
    const clause = version.clauses.find((one) => one.id === "rights");
    expect(clause?.uses).toMatchObject([{ key: `${key}-use`, name: "Bike picks", version: 1 }]);
    expect(clause?.uses[0]?.terms.map((term) => term.value)).toContain("You see the bikes that fit you");
  });

  test("name only data uses that there are", async () => {
    const saved = await save(await create(), "# Notice");
    expect((await refusalOf(savePolicyCitations(officer, { ...saved, citations: [{ clause: "notice", uses: ["nothing-like-it"] }] }))).code).toBe("invalid");
    expect((await rows())[0]?.revision).toBe(saved.revision);
  });
});

describe("many at once", () => {
  test("eight publishing the same version leave exactly one in force and one entry", async () => {
    await publishNext("# One");
    const seen = await proposed("# Two");
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => publish(seen)));
    expect(outcomes.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    for (const one of outcomes) if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "already-published" });
    expect([await countInForce(new Date(Date.now() + 1_000)), (await entries()).length, (await rows()).length]).toEqual([1, 2, 2]);
  });

  test("twenty of the same submit make one entry, and all say the same", async () => {
    const seen = await proposed("# One");
    const requestId = randomUUID();
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => publish(seen, { requestId })));
    expect(new Set(outcomes.map((one: PolicyPublished) => JSON.stringify(one))).size).toBe(1);
    expect(await entries()).toHaveLength(1);
    const again = await Promise.all(Array.from({ length: 20 }, () => createPolicy(officer, { requestId, key: `${key}-b`, title: "B", audience: "customers", asks: "nothing" })));
    expect(new Set(again.map((one) => one.draft)).size).toBe(1);
  });

  test("the same request for another policy, version, moment or act is a conflict", async () => {
    const [requestId, cancelled, made, at] = [randomUUID(), randomUUID(), randomUUID(), inDays(30)];
    const seen = await proposed("# One");
    await publish(seen, { requestId, at });
    await expect(publish(seen, { requestId, at })).resolves.toMatchObject({ version: 1, inForceFrom: at });
    expect((await refusalOf(publish(seen, { requestId, at: inDays(31) }))).code).toBe("idempotency-conflict");
    expect((await refusalOf(publish({ ...seen, version: 2 }, { requestId, at }))).code).toBe("idempotency-conflict");
    expect((await refusalOf(publish({ ...seen, key: "another" }, { requestId, at }))).code).toBe("idempotency-conflict");
    expect((await refusalOf(cancelPolicyVersion(approver, { key, version: 1, requestId }))).code).toBe("idempotency-conflict");
    await cancelPolicyVersion(approver, { key, version: 1, requestId: cancelled });
    expect((await refusalOf(cancelPolicyVersion(approver, { key, version: 2, requestId: cancelled }))).code).toBe("idempotency-conflict");
    const policy = { requestId: made, key: `${key}-c`, title: "C", audience: "customers", asks: "nothing" as const };
    await createPolicy(officer, policy);
    for (const other of [{ title: "D" }, { asks: "accept" as const }, { key: `${key}-d` }]) {
      expect((await refusalOf(createPolicy(officer, { ...policy, ...other }))).code).toBe("idempotency-conflict");
    }
  });

  test("eight different acts on one draft leave one outcome, never two in force and never a broken chain", async () => {
    for (let round = 0; round < 5; round += 1) {
      key = `race-${round}`;
      await publishNext("# One");
      const seen = await proposed("# Two");
      const acts = [
        publish(seen),
        publish(seen, { at: inDays(1) }),
        publish(seen, { at: inDays(2) }),
        save(seen, "# Three"),
        save(seen, "# Four", "ask", second),
        discardPolicyDraft(officer, seen),
        proposePolicyVersion(officer, seen),
        startPolicyDraft(second, { key }),
      ];
      const outcomes = await Promise.allSettled(acts);
      for (const one of outcomes) if (one.status === "rejected") expect(one.reason).toBeInstanceOf(Refusal);
      const changing = outcomes.slice(0, 6).filter((one) => one.status === "fulfilled");
      const published = (await rows()).filter((row) => row.publishedAt !== null);
      // Discarding what is no longer there is a success that does nothing.
      expect(changing.length).toBeLessThanOrEqual(2);
      expect(published.length).toBeLessThanOrEqual(2);
      expect((await rows()).filter((row) => row.publishedAt === null).length).toBeLessThanOrEqual(1);
      expect((await entries()).length).toBe(published.length);
      for (const days of [0, 1, 2, 3]) expect(await countInForce(inDays(days))).toBe(1);
    }
  });

  test("eight saves from the same page: one is kept, seven are told", async () => {
    const seen = await create();
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, (_, index) => save(seen, `# ${index}`, "ask", index % 2 ? second : officer)));
    expect(outcomes.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    for (const one of outcomes) if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "conflict-draft-changed" });
  });
});
