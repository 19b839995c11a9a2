import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { publishedUse } from "@/e2e/support/rows";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { closeDatabase } from "@/lib/data/client";
import { countDecision, flushDecisions } from "@/lib/data/decision-tally";

let base: TestDatabase;
let owner: pg.Client;
beforeAll(async () => {
  base = await openTestDatabase();
  owner = new pg.Client({ connectionString: base.ownerUrl });
  await owner.connect();
  for (const key of ["letters", "picks"]) await publishedUse(owner, { key, versions: [{ basis: "consent" }] });
});
afterAll(async () => {
  await Promise.all([owner.end(), closeDatabase()]);
  await base.drop();
});

const counted = async (key: string, use: string) =>
  (await owner.query<{ call: string; count: number }>("SELECT d.call, sum(d.count)::int AS count FROM decision_tally d JOIN data_use u ON u.id = d.use_id WHERE d.key_id = $1 AND u.key = $2 GROUP BY 1", [key, use])).rows;
const inOther = (rows: readonly { call: string; count: number }[]) => rows.find(({ call }) => call === "other")?.count ?? 0;
const all = (rows: readonly { count: number }[]) => rows.reduce((sum, { count }) => sum + count, 0);

test("of one key's calls about one use fifty are told apart on a day, whichever process counts them, and none is lost", async () => {
  const key = randomUUID();
  countDecision("letters", "granted", key, "newsletter", 3);
  countDecision("letters", "refused", key);
  await flushDecisions();
  vi.resetModules();
  const elsewhere = await import("@/lib/data/decision-tally");
  for (let second = 0; second < 4; second++) {
    for (let i = 0; i < 10; i++) countDecision("letters", i % 2 ? "granted" : "refused", key, `order-${second}-${i}`);
    for (let i = 0; i < 10; i++) elsewhere.countDecision("letters", "granted", key, `parcel-${second}-${i}`);
    elsewhere.countDecision("letters", "granted", key, "newsletter");
    countDecision("picks", "granted", key, `order-${second}`);
    countDecision("letters", "granted", randomUUID(), `order-${second}`);
    await Promise.all([flushDecisions(), elsewhere.flushDecisions()]);
  }
  const rows = await counted(key, "letters");
  expect(rows.filter(({ call }) => call !== "" && call !== "other")).toHaveLength(50);
  expect([all(rows), inOther(rows)]).toEqual([4 + 4 * 21, 4 * 20 - 49]);
  expect(rows).toEqual(expect.arrayContaining([{ call: "newsletter", count: 7 }, { call: "", count: 1 }]));
  expect(await counted(key, "picks"), "another use has room of its own").toHaveLength(4);
});
