import { randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { closeDatabase, database, pool } from "@/lib/data/client";
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

/** Ends every connection of the application, as a restart of the database does. */
async function endConnections(): Promise<void> {
  const superuser = new pg.Client({ connectionString: db.superuserUrl });
  await superuser.connect();
  await superuser.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
  await superuser.end();
}

test("no transaction can start in time", async () => {
  let release = () => {};
  const until = new Promise<void>((resolve) => (release = resolve));
  let holding = 0;
  const full = new Promise<void>((resolve) => {
    for (let one = 0; one < 10; one++) {
      void database().$transaction(async (tx) => {
        await tx.$queryRaw`SELECT 1`;
        if (++holding === 10) resolve();
        await until;
      });
    }
  });
  await full;
  const error = await errorOf(database().$transaction(async (tx) => tx.$queryRaw`SELECT 1`, { maxWait: 50 }));
  release();
  expect(isDatabaseAway(error)).toBe(true);
});

test("a connection is lost in the middle of a transaction, or of a query", async () => {
  const inTransaction = await errorOf(database().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1`;
    await endConnections();
    await tx.$queryRaw`SELECT 1`;
  }));
  expect(isDatabaseAway(inTransaction)).toBe(true);
  const inQuery = await errorOf(Promise.all([database().$queryRaw`SELECT pg_sleep(30)::text`, endConnections()]));
  expect(isDatabaseAway(inQuery)).toBe(true);
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
