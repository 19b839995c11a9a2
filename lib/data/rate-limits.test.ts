import { randomUUID } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { closeDatabase, pool } from "@/lib/data/client";
import { CallCounter } from "@/lib/data/rate-limits";

let db: TestDatabase;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(async () => {
  await closeDatabase();
  await db.drop();
});

/** How many of these calls were let through, one after another, each heard of by the database before the next. */
async function passed(counters: readonly CallCounter[], caller: string, calls: number): Promise<number> {
  let through = 0;
  for (let i = 0; i < calls; i++) {
    try {
      counters[i % counters.length]!.count(caller);
      through++;
    } catch (error) {
      expect(error).toMatchObject({ code: "too-many-calls", detail: { retryAfterSeconds: expect.any(Number) } });
    }
    if (i % 10 === 0) await heard();
  }
  return through;
}

/** Waits until the database has answered whatever it was told, and whoever asked has heard it. */
async function heard(): Promise<void> {
  do {
    for (let turn = 0; turn < 3; turn++) await setImmediate();
  } while (pool().waitingCount > 0 || pool().idleCount < pool().totalCount);
}

test("one caller is let through so often, another is not touched", async () => {
  const counter = new CallCounter("test", 100, 60);
  expect(await passed([counter], "a", 250)).toBe(100);
  expect(await passed([counter], "b", 50)).toBe(50);
});

test("several processes together let through what one may, and at most a twentieth a process more", async () => {
  const [caller, most] = [randomUUID(), 1_000];
  const counters = Array.from({ length: 4 }, () => new CallCounter("shared", most, 60));
  const through = await passed(counters, caller, 4_000);
  expect(through).toBeGreaterThanOrEqual(most);
  expect(through).toBeLessThanOrEqual(most * 1.2);
});

test("who waits as long as was said goes on", async () => {
  const counter = new CallCounter("short", 5, 1);
  expect(await passed([counter], "c", 8)).toBe(5);
  await pool().query("SELECT pg_sleep(1.1)");
  expect(await passed([counter], "c", 3)).toBe(3);
});

test("counting costs microseconds, and the database hears of it a few times", async () => {
  const counter = new CallCounter("fast", 500_000, 60);
  const started = performance.now();
  for (let i = 0; i < 200_000; i++) counter.count("hot");
  expect((performance.now() - started) / 200_000).toBeLessThan(0.005);
});

test("neither a key nor an address stands in the table", async () => {
  const counter = new CallCounter("hidden", 1, 60);
  const caller = `Bearer hs_${randomUUID()}`;
  counter.count(caller);
  await expect.poll(async () => (await pool().query("SELECT key FROM rate_limit WHERE key LIKE 'hidden:%'")).rowCount).toBe(1);
  const { rows } = await pool().query<{ key: string }>("SELECT key FROM rate_limit");
  for (const { key } of rows) expect(key).not.toContain(caller.slice(10));
});
