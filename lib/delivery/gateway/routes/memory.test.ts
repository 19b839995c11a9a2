import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { apiKeyRow } from "@/e2e/support/rows";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { memoryItemView, memoryPageView, rememberedView, type MemoryPageView } from "@/lib/contract/memory";
import type { Answer, QuestionView } from "@/lib/contract/question";
import { closeDatabase, database } from "@/lib/data/client";
import { endMemory } from "@/lib/data/memory";
import { gatewayApp } from "@/lib/delivery/gateway/app";
import type { PersonActor } from "@/lib/domain/actor";
import { answerQuestions } from "@/lib/usecases/answer-questions";
import { askQuestions } from "@/lib/usecases/ask-questions";
import { askQuestionsAgain } from "@/lib/usecases/ask-questions-again";
import { askableUse, bikes, kept, newStaff, publishTerms } from "@/lib/usecases/ask-questions.fixture";
import { forgetMyItem } from "@/lib/usecases/forget-my-item";
import { forgetPerson } from "@/lib/usecases/forget-person";
import { meetPerson } from "@/lib/usecases/meet-person";
import { showMyMemory } from "@/lib/usecases/show-my-memory";
import { withdrawPermission } from "@/lib/usecases/withdraw-permission";

const app = gatewayApp();
const category = "user.behavior.browsing_history";
let base: TestDatabase;
let owner: pg.Client;
let key: string;

beforeAll(async () => {
  base = await openTestDatabase();
  owner = new pg.Client({ connectionString: base.ownerUrl });
  await owner.connect();
  key = await apiKeyRow(owner, ["remember"]);
  await owner.query("INSERT INTO webhook (name, url, kinds, secret) VALUES ('shop', 'https://shop.example/hooks', '{memory.removed}', '\\x00')");
});
afterAll(async () => {
  await Promise.all([owner.end(), closeDatabase()]);
  await base.drop();
});
beforeEach(() => freezeFor(0));

const freezeFor = (memoryFreezeDays: number) =>
  database().organisation.update({ where: { id: 1 }, data: { memoryFreezeDays, reask: "any", questionsPerVisit: 20, questionsPerMonth: null } });

const call = (method: string, path: string, body?: unknown, bearer = key) =>
  app.request(path, { method, headers: { authorization: `Bearer ${bearer}` }, ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }) });
const at = (ref: string, name?: string) => `/v1/people/${encodeURIComponent(ref)}/memory${name === undefined ? "" : `/${name}`}`;
const put = (ref: string, name: string, use: string, more: Record<string, unknown> = {}) => call("PUT", at(ref, name), { value: "enduro", category, use, source: "observed", ...more });
const read = (ref: string, name: string, query = "") => call("GET", at(ref, name) + query);
async function list(ref: string, query = ""): Promise<MemoryPageView> {
  const reply = await call("GET", at(ref) + query);
  expect(reply.status).toBe(200);
  return memoryPageView.parse(await reply.json());
}
const stored = async (person: string) => database().memoryItem.findMany({ where: { personId: person } });

type Somebody = { readonly ref: string; readonly actor: PersonActor };
async function somebody(): Promise<Somebody> {
  const ref = `shopper ${randomUUID()}`;
  return { ref, actor: { kind: "person", id: await meetPerson(ref), channel: "host" } };
}
async function answer({ actor }: Somebody, use: string, given: Answer): Promise<void> {
  const due = (await askQuestions(actor)).find((one) => one.kind === "permission" && one.use === use);
  const question = due ?? (await askQuestionsAgain(actor, { kind: "permission", key: use }));
  await answerQuestions(actor, { answers: [{ token: question.token, answer: given }], requestId: randomUUID() });
}
async function granted(use: string): Promise<Somebody> {
  const who = await somebody();
  await answer(who, use, "granted");
  return who;
}
const withdraw = ({ actor }: Somebody, use: string) => withdrawPermission(actor, { use, requestId: randomUUID() });
const told = async (person: string) =>
  (await owner.query<{ body: unknown }>("SELECT body FROM webhook_event WHERE person_id = $1 AND kind = 'memory.removed' ORDER BY place", [person])).rows.map(({ body }) => body);

describe("an answer with bounds", () => {
  test("for one decision carries no memory, and ends what was remembered before it; the decision itself stays", async () => {
    const use = await askableUse();
    const { ref, actor } = await granted(use);
    const shop = await apiKeyRow(owner, ["ask", "decide"]);
    expect((await put(ref, "bike", use)).status).toBe(200);
    const { token } = await askQuestionsAgain(actor, { kind: "permission", key: use });
    expect((await call("POST", "/v1/answers", { person: ref, answers: [{ token, answer: "granted", once: true }] }, shop)).status).toBe(201);
    expect((await read(ref, "bike")).status).toBe(404);
    expect(await stored(actor.id)).toEqual([]);
    const reply = await put(ref, "bike", use);
    expect([reply.status, await reply.json()]).toMatchObject([403, { code: "permission-required", reason: "granted", question: null }]);
    expect(await (await call("POST", "/v1/decisions", { person: ref, use }, shop)).json()).toMatchObject({ allowed: true, once: true });
    expect(await (await put(ref, "bike", use)).json()).toMatchObject({ code: "permission-required", reason: "expired" });
  });

  test("that keeps the earlier deal lets be recalled under that one, and no more be remembered under the new", async () => {
    const use = await askableUse();
    const who = await granted(use);
    await put(who.ref, "bike", use);
    await publishTerms(use, kept(24));
    await answer(who, use, "kept");
    expect((await read(who.ref, "bike", "?version=1")).status).toBe(200);
    expect((await read(who.ref, "bike")).status).not.toBe(200);
    expect((await put(who.ref, "other", use)).status).toBe(403);
  });
});

describe("remembering", () => {
  test("under a grant: kept sealed, given back as it was, with what it stands on", async () => {
    const use = await askableUse();
    const who = await granted(use);
    const value = { kinds: ["enduro", "gravel"], size: 54.5, sure: null, "ключ": "🚲" };
    const reply = await put(who.ref, "bike.interest", use, { value, note: "From your visits in May" });
    expect(reply.status).toBe(200);
    const { entryIndex } = await database().permission.findFirstOrThrow({ where: { personId: who.actor.id } });
    expect(rememberedView.parse(await reply.json())).toMatchObject({ key: "bike.interest", use, version: 1, index: Number(entryIndex), category, source: "observed", note: "From your visits in May", readAt: null });
    const found = await read(who.ref, "bike.interest");
    expect(memoryItemView.parse(await found.json())).toMatchObject({ key: "bike.interest", value, version: 1, index: Number(entryIndex) });
    expect((await list(who.ref)).items).toMatchObject([{ key: "bike.interest", value }]);
    const [row] = await stored(who.actor.id);
    expect(row?.lastReadAt).not.toBeNull();
    const dump = JSON.stringify((await owner.query("SELECT m.*, encode(m.sealed, 'escape') AS text FROM memory_item m WHERE person_id = $1", [who.actor.id])).rows);
    for (const secret of ["bike.interest", "enduro", "visits"]) expect(dump).not.toContain(secret);
  });

  test("again replaces it, twenty at once leave one, and two people's same key are not matched", async () => {
    const use = await askableUse();
    const [one, other] = [await granted(use), await granted(use)];
    const replies = await Promise.all(Array.from({ length: 20 }, (_, i) => put(one.ref, "size", use, { value: i })));
    expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    await put(other.ref, "size", use, { value: 1 });
    const [mine, theirs] = [await stored(one.actor.id), await stored(other.actor.id)];
    expect([mine.length, theirs.length]).toEqual([1, 1]);
    expect(Buffer.from(mine[0]!.nameHash).equals(Buffer.from(theirs[0]!.nameHash))).toBe(false);
  });

  test.each(["never-asked", "refused", "withdrawn", "expired"] as const)("without a permission (%s) it is refused, with the question where one may be asked", async (reason) => {
    const use = await askableUse();
    const who = await somebody();
    if (reason === "refused") await answer(who, use, "refused");
    if (reason === "withdrawn" || reason === "expired") await answer(who, use, "granted");
    if (reason === "withdrawn") await withdraw(who, use);
    if (reason === "expired") await owner.query("UPDATE permission SET expires_at = now() WHERE person_id = $1", [who.actor.id]);
    const reply = await put(who.ref, "size", use);
    expect(reply.status).toBe(403);
    const problem = (await reply.json()) as { code: string; reason: string; question: QuestionView | null };
    expect(problem).toMatchObject({ code: "permission-required", reason });
    expect(await stored(who.actor.id)).toEqual([]);
    if (reason !== "never-asked" && reason !== "expired") return expect(problem.question).toBeNull();
    expect(problem.question).toMatchObject({ use, reason });
    await answerQuestions(who.actor, { answers: [{ token: problem.question!.token, answer: "granted" }], requestId: randomUUID() });
    expect((await put(who.ref, "size", use)).status).toBe(200);
  });

  test("under a use that changed: the question names the change, the old version is still permitted", async () => {
    const use = await askableUse();
    const who = await granted(use);
    await publishTerms(use, kept(24));
    const reply = await put(who.ref, "size", use);
    expect(await reply.json()).toMatchObject({ code: "permission-required", reason: "use-changed", question: { version: 2, reason: "use-changed", changes: [{ to: "24 months" }] } });
    expect((await put(who.ref, "size", use, { version: 1 })).status).toBe(200);
    expect((await put(who.ref, "size", use, { version: 2 })).status).toBe(403);
    expect((await read(who.ref, "size")).status).toBe(404);
    expect((await read(who.ref, "size", "?version=1")).status).toBe(200);
    expect((await list(who.ref)).items).toEqual([]);
    expect((await list(who.ref, `?use=${use}&version=1`)).items).toHaveLength(1);
  });

  test("under an earlier deal that somebody keeps: as that deal says, and no further", async () => {
    const use = await askableUse();
    const who = await granted(use);
    await put(who.ref, "size", use);
    await publishTerms(use, kept(24));
    await answer(who, use, "kept");
    expect((await read(who.ref, "size")).status).toBe(404);
    expect((await read(who.ref, "size", "?version=1")).status).toBe(200);
    expect((await put(who.ref, "size", use, { version: 1 })).status).toBe(200);
    expect(await (await put(who.ref, "size", use)).json()).toMatchObject({ code: "permission-required", reason: "refused", question: null });
  });

  test("on legitimate interests without an answer, and no more after an objection", async () => {
    const use = await askableUse({ ...bikes, legalBasis: "legitimate-interests" });
    const who = await somebody();
    expect(await (await put(who.ref, "size", use)).json()).toMatchObject({ index: null });
    expect((await read(who.ref, "size")).status).toBe(200);
    await withdraw(who, use);
    expect((await read(who.ref, "size")).status).toBe(404);
    expect(await stored(who.actor.id)).toEqual([]);
    expect(await (await put(who.ref, "size", use)).json()).toMatchObject({ code: "permission-required", reason: "objected", question: null });
  });

  test.each([
    ["a category that the terms do not reach to", { category: "user.contact.email" }, "category"],
    ["a category that nobody knows", { category: "user.behavior.browsing_history.shops" }, "category"],
    ["a source that the terms do not name", { source: "told" }, "source"],
    ["a source that is none", { source: "guessed" }, "source"],
    ["a use that is not published", { use: "no-such-use" }, "use"],
    ["a version that is not published", { version: 9 }, "version"],
    ["no value", { value: undefined }, "value"],
    ["too large a value", { value: "x".repeat(16_384) }, "value"],
    ["a broken character", { value: "\ud800" }, "value"],
    ["an empty note", { note: "" }, "note"],
    ["something that nobody asked for", { extra: 1 }, ""],
  ])("is 422 with the place for %s", async (_name, more, path) => {
    const use = await askableUse();
    const who = await granted(use);
    const reply = await put(who.ref, "size", use, more);
    expect(reply.status).toBe(422);
    expect(((await reply.json()) as { errors: { path: string }[] }).errors.map((fault) => fault.path)).toContain(path);
  });

  test("takes no names that reach a prototype, nothing nested without end, and no key that is none", async () => {
    const use = await askableUse();
    const who = await granted(use);
    const body = (value: string) => `{"value":${value},"category":"${category}","use":"${use}","source":"observed"}`;
    for (const value of ['{"__proto__":{"a":1}}', `${"[".repeat(40)}${"]".repeat(40)}`, `${"[".repeat(200_000)}${"]".repeat(200_000)}`]) {
      expect((await call("PUT", at(who.ref, "size"), body(value))).status, value.slice(0, 20)).toBe(422);
    }
    for (const name of ["a%20b", "%00", "x".repeat(121), "-a", "a%2Fb"]) expect((await put(who.ref, name, use)).status, name).toBe(422);
    expect((await put(who.ref, "size", use, { value: "x".repeat(16_382) })).status).toBe(200);
  });

  test("needs the scope, and nothing of somebody is anybody else's", async () => {
    const use = await askableUse();
    const [who, other] = [await granted(use), await granted(use)];
    await put(who.ref, "size", use);
    const deciding = await apiKeyRow(owner, ["ask", "decide", "audit"]);
    for (const [method, name] of [["GET", undefined], ["GET", "size"], ["DELETE", "size"]] as const) expect((await call(method, at(who.ref, name), undefined, deciding)).status).toBe(403);
    expect((await read(other.ref, "size")).status).toBe(404);
    expect((await read("nobody we know", "size")).status).toBe(404);
    expect(await list("nobody we know")).toEqual({ items: [], next: null });
  });
});

describe("the list", () => {
  test("comes in pages without gaps or repetitions, and of one use alone", async () => {
    const [use, other] = [await askableUse(), await askableUse()];
    const who = await granted(use);
    await answer(who, other, "granted");
    for (let i = 0; i < 12; i++) expect((await put(who.ref, `item-${i}`, i % 3 === 0 ? other : use)).status).toBe(200);
    const keys: string[] = [];
    for (let next: string | null = "", pages = 0; next !== null && pages < 10; pages++) {
      const page: MemoryPageView = await list(who.ref, `?limit=5${next === "" ? "" : `&after=${next}`}`);
      keys.push(...page.items.map((item) => item.key));
      next = page.next;
    }
    expect(keys.sort()).toEqual(Array.from({ length: 12 }, (_, i) => `item-${i}`).sort());
    expect((await list(who.ref, `?use=${other}`)).items).toHaveLength(4);
    for (const query of ["?use=no-such-use", "?limit=0", "?limit=501", "?after=x", "?version=1"]) expect((await call("GET", at(who.ref) + query)).status, query).toBe(422);
  });
});

describe("when the permission ends", () => {
  test("by withdrawal: what stood on it goes in the same moment, and hosts are told how much, not what", async () => {
    const [use, other] = [await askableUse(), await askableUse()];
    const who = await granted(use);
    await answer(who, other, "granted");
    for (const name of ["a", "b"]) await put(who.ref, name, use);
    await put(who.ref, "c", other);
    await withdraw(who, use);
    expect((await stored(who.actor.id)).length).toBe(1);
    expect((await list(who.ref)).items.map((item) => item.key)).toEqual(["c"]);
    expect(await told(who.actor.id)).toEqual([{ use, items: 2, frozen: false, reason: "withdrawn" }]);
    await answer(who, use, "granted");
    expect((await read(who.ref, "a")).status, "a new yes brings nothing back").toBe(404);
  });

  test("and it is to be frozen: out of reach, back after a new yes, destroyed when its time is over", async () => {
    await freezeFor(30);
    const use = await askableUse();
    const who = await granted(use);
    await put(who.ref, "size", use);
    await withdraw(who, use);
    expect((await read(who.ref, "size")).status).toBe(404);
    expect((await read(who.ref, "size", "?version=1")).status).toBe(404);
    expect((await list(who.ref)).items).toEqual([]);
    expect((await stored(who.actor.id))[0]?.frozenAt).not.toBeNull();
    expect(await told(who.actor.id)).toEqual([{ use, items: 1, frozen: true, reason: "withdrawn" }]);
    await endMemory(database());
    await answer(who, use, "granted");
    expect((await read(who.ref, "size")).status).toBe(200);
    await withdraw(who, use);
    await owner.query("UPDATE memory_item SET frozen_at = frozen_at - interval '31 days' WHERE person_id = $1", [who.actor.id]);
    expect(await endMemory(database())).toBeGreaterThan(0);
    expect(await stored(who.actor.id)).toEqual([]);
  });

  test("by running out: out of reach at once, and taken away by the worker", async () => {
    const use = await askableUse();
    const who = await granted(use);
    await owner.query("UPDATE permission SET expires_at = now() + interval '1 hour' WHERE person_id = $1", [who.actor.id]);
    await put(who.ref, "size", use);
    await endMemory(database());
    expect((await read(who.ref, "size")).status).toBe(200);
    await owner.query("UPDATE permission SET expires_at = now() - interval '1 second' WHERE person_id = $1", [who.actor.id]);
    expect((await read(who.ref, "size")).status).toBe(404);
    expect(await stored(who.actor.id)).toHaveLength(1);
    await endMemory(database());
    expect(await stored(who.actor.id)).toEqual([]);
    expect(await told(who.actor.id)).toEqual([{ use, items: 1, frozen: false, reason: "expired" }]);
  });

  test("by a no to the changed use; a yes carries over what the new terms reach to", async () => {
    const use = await askableUse({ ...bikes, categories: [category, "user.contact.email"] });
    const [no, yes] = [await granted(use), await granted(use)];
    for (const who of [no, yes]) {
      await put(who.ref, "size", use);
      await put(who.ref, "mail", use, { category: "user.contact.email" });
    }
    await publishTerms(use, bikes);
    await answer(no, use, "refused");
    await answer(yes, use, "granted");
    expect(await stored(no.actor.id)).toEqual([]);
    const { entryIndex } = await database().permission.findFirstOrThrow({ where: { personId: yes.actor.id } });
    expect((await list(yes.ref)).items).toMatchObject([{ key: "size", version: 2, index: Number(entryIndex) }]);
    expect(await stored(yes.actor.id)).toHaveLength(1);
    expect(await told(yes.actor.id)).toEqual([{ use, items: 1, frozen: false, reason: "use-changed" }]);
  });

  test("by forgetting the person: nothing is left", async () => {
    const use = await askableUse();
    const who = await granted(use);
    await put(who.ref, "size", use);
    await forgetPerson(await newStaff("compliance"), { person: who.actor.id, requestId: randomUUID(), leaveAlone: true });
    expect(await stored(who.actor.id)).toEqual([]);
    expect((await put(who.ref, "size", use)).status).toBe(409);
  });

  test("at the very moment somebody writes: after the withdrawal nothing of the use is there, however they meet", async () => {
    const use = await askableUse();
    for (let round = 0; round < 12; round++) {
      const who = await granted(use);
      const writes = Array.from({ length: 8 }, (_, i) => put(who.ref, `item-${i}`, use));
      const [, ...replies] = await Promise.all([withdraw(who, use), ...writes]);
      expect(replies.every(({ status }) => status === 200 || status === 403)).toBe(true);
      expect(await stored(who.actor.id)).toEqual([]);
    }
  });

  test.each(["consent", "legitimate-interests"] as const)("between being judged and being kept, on %s: the withdrawal waits for it, and takes it along", async (legalBasis) => {
    const use = await askableUse({ ...bikes, legalBasis });
    const who = legalBasis === "consent" ? await granted(use) : await somebody();
    const waiting = async () => (await owner.query<{ n: number }>("SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")).rows[0]!.n;
    // Nothing can be kept for now: what is judged already waits right there.
    await owner.query("BEGIN; LOCK TABLE memory_item IN SHARE MODE");
    const writing = put(who.ref, "size", use);
    while ((await waiting()) < 1);
    let acknowledged = false;
    const withdrawing = withdraw(who, use).then(() => (acknowledged = true));
    while (!acknowledged && (await waiting()) < 2);
    await owner.query("COMMIT");
    await Promise.all([writing, withdrawing]);
    expect(await stored(who.actor.id)).toEqual([]);
  });

  test("at the very moment somebody writes, by the first answer ever", async () => {
    const use = await askableUse({ ...bikes, legalBasis: "legitimate-interests" });
    for (let round = 0; round < 12; round++) {
      const who = await somebody();
      const writes = Array.from({ length: 8 }, (_, i) => put(who.ref, `item-${i}`, use));
      const [, ...replies] = await Promise.all([withdraw(who, use), ...writes]);
      expect(replies.every(({ status }) => status === 200 || status === 403)).toBe(true);
      expect(await stored(who.actor.id)).toEqual([]);
    }
  });

  test("at the very moment somebody writes, by forgetting", async () => {
    const use = await askableUse();
    const keeper = await newStaff("compliance");
    for (let round = 0; round < 6; round++) {
      const who = await granted(use);
      const writes = Array.from({ length: 6 }, (_, i) => put(who.ref, `item-${i}`, use));
      await Promise.all([forgetPerson(keeper, { person: who.actor.id, requestId: randomUUID(), leaveAlone: true }), ...writes]);
      expect(await stored(who.actor.id)).toEqual([]);
    }
  });
});

describe("DELETE", () => {
  test("forgets one thing for good, whatever became of its permission, and again changes nothing", async () => {
    await freezeFor(30);
    const use = await askableUse();
    const who = await granted(use);
    for (const name of ["a", "b"]) await put(who.ref, name, use);
    await withdraw(who, use);
    for (let i = 0; i < 2; i++) expect((await call("DELETE", at(who.ref, "a"))).status).toBe(204);
    expect((await call("DELETE", at("nobody we know", "a"))).status).toBe(204);
    expect(await stored(who.actor.id)).toHaveLength(1);
  });
});

describe("a person's own page", () => {
  test("shows everything, also what hosts cannot reach, and says what it stands on", async () => {
    await freezeFor(30);
    const [used, changed, ended] = [await askableUse(), await askableUse(), await askableUse()];
    const who = await granted(used);
    for (const use of [changed, ended]) await answer(who, use, "granted");
    for (const [name, use] of [["a", used], ["b", changed], ["c", ended]] as const) await put(who.ref, name, use, { value: { kinds: [name] }, note: `note ${name}` });
    await publishTerms(changed, kept(24));
    await withdraw(who, ended);
    const { items } = await showMyMemory(who.actor, null);
    const standing = (name: string) => items.find((item) => item.key === name);
    expect(standing("a")).toMatchObject({ value: "kinds: a", note: "note a", standing: "used", goesAt: null, use: { key: used, title: "Bikes in en" }, readAt: null });
    expect(standing("a")?.index).toBeGreaterThan(0);
    expect(standing("b")).toMatchObject({ standing: "waiting", version: 1 });
    expect(standing("c")?.standing).toBe("ended");
    expect(standing("c")!.goesAt!.getTime() - Date.now()).toBeGreaterThan(29 * 86_400_000);
  });

  test("forgets one thing for good, says when it was gone already, and tells hosts", async () => {
    const use = await askableUse();
    const [who, other] = [await granted(use), await granted(use)];
    await put(who.ref, "size", use);
    expect(await forgetMyItem(other.actor, "size")).toBe(false);
    expect(await forgetMyItem(who.actor, "size")).toBe(true);
    expect(await forgetMyItem(who.actor, "size")).toBe(false);
    expect((await read(who.ref, "size")).status).toBe(404);
    expect(await told(who.actor.id)).toEqual([{ use, items: 1, frozen: false, reason: "deleted-by-person" }]);
  });
});
