import { randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { closeDatabase, database, lookupPool, pool } from "@/lib/data/client";
import { PrismaClient } from "@/lib/data/prisma-client/client";
import { isDatabaseAway } from "@/lib/delivery/database-away";

let db: TestDatabase;

beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(async () => {
  await closeDatabase();
  await db.drop();
});

async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(() => expect.fail("it should have failed"), (error: unknown) => error);
}

const others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";

/** Ends every connection of the application, as a restart of the database does; if told so, not before a query is at work. */
async function endConnections(when?: "at work"): Promise<void> {
  const superuser = new pg.Client({ connectionString: db.superuserUrl });
  await superuser.connect();
  while (when && (await superuser.query(`SELECT 1 ${others} AND state = 'active' AND query LIKE '%pg_sleep%'`)).rowCount === 0);
  await superuser.query(`SELECT pg_terminate_backend(pid) ${others}`);
  await superuser.end();
}

test("no transaction can start in time", async () => {
  let release = () => {};
  const until = new Promise<void>((resolve) => (release = resolve));
  const holders: Promise<void>[] = [];
  await new Promise<void>((resolve) => {
    let holding = 0;
    for (let one = 0; one < 10; one++) {
      holders.push(
        database().$transaction(async (tx) => {
          await tx.$queryRaw`SELECT 1`;
          if (++holding === 10) resolve();
          await until;
        }),
      );
    }
  });
  const error = await errorOf(database().$transaction(async (tx) => tx.$queryRaw`SELECT 1`, { maxWait: 50 }));
  release();
  await Promise.all(holders);
  expect(isDatabaseAway(error)).toBe(true);
});

test("a connection is lost in the middle of a transaction", async () => {
  const inTransaction = await errorOf(database().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1`;
    await endConnections();
    await tx.$queryRaw`SELECT 1`;
  }));
  expect(isDatabaseAway(inTransaction)).toBe(true);
});

test("a connection is lost in the middle of a query", async () => {
  await closeDatabase();
  const inQuery = await errorOf(Promise.all([database().$queryRaw`SELECT pg_sleep(30)::text`, endConnections("at work")]));
  expect(isDatabaseAway(inQuery)).toBe(true);
});

test("a restart of the database while nothing is asked leaves every pool able to ask again", async () => {
  const ask = () => Promise.all([database().$queryRaw`SELECT 1`, pool().query("SELECT 1"), lookupPool().query("SELECT 1")]);
  await ask();
  const gone = [pool(), lookupPool()].map((one) => new Promise((resolve) => one.once("remove", resolve)));
  await endConnections();
  await Promise.all(gone);
  await expect.poll(() => ask().then(() => "answers", () => "away")).toBe("answers");
});

test("a fault of ours is none of that", async () => {
  const data = { key: `twice-${randomUUID()}`, name: "Twice" };
  await database().dataUse.create({ data });
  expect(isDatabaseAway(await errorOf(database().dataUse.create({ data })))).toBe(false);
  expect(isDatabaseAway(await errorOf(pool().query("SELECT nonsense")))).toBe(false);
  expect(isDatabaseAway(new TypeError("undefined is not a function"))).toBe(false);
});

test("nothing listens where the database should be", async () => {
  const nowhere = "postgresql://nobody@127.0.0.1:1/nothing";
  const client = new PrismaClient({ adapter: new PrismaPg({ connectionString: nowhere }) });
  expect(isDatabaseAway(await errorOf(client.dataUse.findFirst()))).toBe(true);
  expect(isDatabaseAway(await errorOf(client.$queryRaw`SELECT 1`))).toBe(true);
  expect(isDatabaseAway(await errorOf(client.$transaction(async (tx) => tx.dataUse.findFirst())))).toBe(true);
  expect(isDatabaseAway(await errorOf(new pg.Client({ connectionString: nowhere }).connect()))).toBe(true);
  await client.$disconnect();
});
