import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { apiKeyRow } from "@/e2e/support/rows";
import { database } from "@/lib/data/client";
import { endMemory } from "@/lib/data/memory";
import { askQuestionsAgain } from "@/lib/usecases/ask-questions-again";
import { askableUse, bikes, kept, newStaff, publishTerms } from "@/lib/usecases/ask-questions.fixture";
import { forgetMyItem } from "@/lib/usecases/forget-my-item";
import { forgetPerson } from "@/lib/usecases/forget-person";
import { showMyMemory } from "@/lib/usecases/show-my-memory";
import { call, category, closeMemory, freezeFor, list, openMemory, owner, put, read, stored, told } from "./memory.fixture";
import { answer, granted, somebody, withdraw } from "./somebody.fixture";

beforeAll(openMemory);
afterAll(closeMemory);
beforeEach(async () => {
  await freezeFor(0);
});

describe("an answer with bounds", () => {
  test("for one decision carries no memory, and ends what was remembered before it; the decision itself stays", async () => {
    const use = await askableUse();
    const { ref, actor } = await granted(use);
    const shop = await apiKeyRow(owner(), ["ask", "decide"]);
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
    await owner().query("UPDATE memory_item SET frozen_at = frozen_at - interval '31 days' WHERE person_id = $1", [who.actor.id]);
    expect(await endMemory(database())).toBeGreaterThan(0);
    expect(await stored(who.actor.id)).toEqual([]);
  });

  test("by running out: out of reach at once, and taken away by the worker", async () => {
    const use = await askableUse();
    const who = await granted(use);
    await owner().query("UPDATE permission SET expires_at = now() + interval '1 hour' WHERE person_id = $1", [who.actor.id]);
    await put(who.ref, "size", use);
    await endMemory(database());
    expect((await read(who.ref, "size")).status).toBe(200);
    await owner().query("UPDATE permission SET expires_at = now() - interval '1 second' WHERE person_id = $1", [who.actor.id]);
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
    const waiting = async () => (await owner().query<{ n: number }>("SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")).rows[0]!.n;
    // Nothing can be kept for now: what is judged already waits right there.
    await owner().query("BEGIN; LOCK TABLE memory_item IN SHARE MODE");
    const writing = put(who.ref, "size", use);
    while ((await waiting()) < 1);
    let acknowledged = false;
    const withdrawing = withdraw(who, use).then(() => (acknowledged = true));
    while (!acknowledged && (await waiting()) < 2);
    await owner().query("COMMIT");
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
