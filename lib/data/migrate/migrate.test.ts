import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import os from "node:os";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { withConnection } from "./check-database";
import { diffOn } from "./diff-schema";
import { migrate } from "./migrate";
import { migrationsFolder, readMigrations } from "./migrations-folder";

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function newDatabase(): Promise<TestDatabase> {
  const database = await createTestDatabase();
  cleanUps.push(() => database.drop());
  return database;
}

/** A database with nothing in it, owned by the migrating login. */
async function emptyDatabase(): Promise<TestDatabase> {
  const database = await newDatabase();
  await ask(database.superuserUrl, "DROP SCHEMA public CASCADE; CREATE SCHEMA public AUTHORIZATION pg_database_owner; GRANT USAGE ON SCHEMA public TO PUBLIC");
  return database;
}

/** The project's migrations and one more. */
async function migrationsWith(name: string, sql: string): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "handshake-migrations-"));
  cleanUps.push(() => rm(folder, { recursive: true }));
  await cp(migrationsFolder, folder, { recursive: true });
  await mkdir(path.join(folder, name));
  await writeFile(path.join(folder, name, "migration.sql"), sql);
  return folder;
}

function ask<T extends object>(url: string, sql: string): Promise<T[]> {
  return withConnection(url, "the test's database", async (client) => (await client.query<T>(sql)).rows);
}

test("an empty database gets every migration once, recorded as prisma migrate deploy would", async () => {
  const { ownerUrl } = await emptyDatabase();
  const { migrationDirectories } = await readMigrations();
  const names = migrationDirectories.map(({ path: name }) => name);
  expect(await migrate(ownerUrl)).toEqual({ before: 0, applied: names });
  expect(await migrate(ownerUrl)).toEqual({ before: names.length, applied: [] });

  const recorded = await ask(ownerUrl, "SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS done, applied_steps_count AS steps FROM _prisma_migrations ORDER BY 1");
  expect(recorded).toEqual(
    migrationDirectories.map(({ path: name, migrationFile: { content } }) => ({
      name,
      checksum: createHash("sha256").update(content.tag === "ok" ? content.value : "").digest("hex"),
      done: true,
      steps: 1,
    })),
  );
});

test("eight processes migrating at once apply every migration once", async () => {
  const { ownerUrl } = await emptyDatabase();
  const outcomes = await Promise.all(Array.from({ length: 8 }, () => migrate(ownerUrl)));
  expect(outcomes.filter(({ applied }) => applied.length > 0)).toHaveLength(1);
  const twice = await ask(ownerUrl, "SELECT migration_name FROM _prisma_migrations GROUP BY 1 HAVING count(*) > 1");
  expect(twice).toEqual([]);
});

test("a database of a newer version is refused by name and left as it is", async () => {
  const { ownerUrl } = await newDatabase();
  const newer = await migrationsWith("29990101000000_from_the_future", "CREATE TABLE from_the_future (n int)");
  expect((await migrate(ownerUrl, "DATABASE_URL", newer)).applied).toEqual(["29990101000000_from_the_future"]);
  await expect(migrate(ownerUrl)).rejects.toThrow(/^This database belongs to a newer version of Handshake \(it has the change 29990101000000_from_the_future, /);
  expect(await ask(ownerUrl, "SELECT count(*)::int AS n FROM from_the_future")).toEqual([{ n: 0 }]);
});

test("a migration that fails leaves nothing behind, says why in one sentence, and is tried again next time", async () => {
  const { ownerUrl } = await newDatabase();
  const name = "29990101000000_half";
  const broken = await migrationsWith(name, "CREATE TABLE half (n int); DO $$ BEGIN RAISE EXCEPTION 'not today; maybe tomorrow'; END $$;");
  for (const _attempt of ["first", "second"]) {
    await expect(migrate(ownerUrl, "DATABASE_URL", broken)).rejects.toThrow(`The database could not be brought up to date (${name}): not today; maybe tomorrow.`);
    expect(await ask(ownerUrl, "SELECT to_regclass('half') AS half")).toEqual([{ half: null }]);
  }
  await writeFile(path.join(broken, name, "migration.sql"), "CREATE TABLE half (n int);");
  expect((await migrate(ownerUrl, "DATABASE_URL", broken)).applied).toEqual([name]);
});

test("the migrations make exactly what the schema says", async () => {
  const { superuserUrl } = await newDatabase();
  expect(await diffOn(superuserUrl)).toBe("");
  expect(await ask(superuserUrl, "SELECT datname FROM pg_database WHERE datname LIKE 'handshake_shadow%'")).toEqual([]);
});
