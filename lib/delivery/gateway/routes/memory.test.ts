import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { apiKeyRow } from "@/e2e/support/rows";
import { memoryItemView, rememberedView, type MemoryPageView } from "@/lib/contract/memory";
import type { QuestionView } from "@/lib/contract/question";
import { database } from "@/lib/data/client";
import { answerQuestions } from "@/lib/usecases/answer-questions";
import { askableUse, bikes, kept, publishTerms } from "@/lib/usecases/ask-questions.fixture";
import { at, call, category, closeMemory, freezeFor, list, openMemory, owner, put, read, stored } from "./memory.fixture";
import { answer, granted, somebody, withdraw } from "./somebody.fixture";

beforeAll(openMemory);
afterAll(closeMemory);
beforeEach(async () => {
  await freezeFor(0);
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
    const dump = JSON.stringify((await owner().query("SELECT m.*, encode(m.sealed, 'escape') AS text FROM memory_item m WHERE person_id = $1", [who.actor.id])).rows);
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
    if (reason === "expired") await owner().query("UPDATE permission SET expires_at = now() WHERE person_id = $1", [who.actor.id]);
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
    const deciding = await apiKeyRow(owner(), ["ask", "decide", "audit"]);
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
