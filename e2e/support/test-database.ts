import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { inject } from "vitest";

/** A migrated, empty database of one test's own. The URLs differ in the login only. */
export type TestDatabase = {
  /** As the application: the least rights. */
  readonly appUrl: string;
  /** As the owner of the tables. */
  readonly ownerUrl: string;
  /** As superuser, for what a test must do behind the application's back. */
  readonly superuserUrl: string;
  /** Removes the database, connections and all. */
  drop(): Promise<void>;
};

/** Makes a fresh database by copying the migrated template; about 50 ms. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const cluster = inject("cluster");
  const template = new URL(cluster.owner).pathname.slice(1);
  const name = `test_${randomBytes(8).toString("hex")}`;
  await asSuperuser(`CREATE DATABASE ${name} TEMPLATE ${template} OWNER handshake_owner`);
  await asSuperuser(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC; GRANT CONNECT ON DATABASE ${name} TO handshake_app`);
  const url = (of: string) => Object.assign(new URL(of), { pathname: `/${name}` }).href;
  return {
    appUrl: url(cluster.app),
    ownerUrl: url(cluster.owner),
    superuserUrl: url(cluster.superuser),
    drop: () => asSuperuser(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

/**
 * Makes a fresh database and points this test file's process at it, with secrets of its own, so that the application's
 * code runs on it unchanged. Call it before anything asks for `settings()`: those are parsed once.
 */
export async function openTestDatabase(): Promise<TestDatabase> {
  const database = await createTestDatabase();
  process.env["DATABASE_URL"] = database.appUrl;
  process.env["HANDSHAKE_SECRET"] = randomBytes(48).toString("base64");
  process.env["HANDSHAKE_MASTER_KEY"] = randomBytes(32).toString("base64");
  const folder = await mkdtemp(path.join(os.tmpdir(), "handshake-test-"));
  process.env["HANDSHAKE_DIR"] = folder;
  delete process.env["HANDSHAKE_WITNESS"];
  return { ...database, drop: async () => void (await Promise.all([database.drop(), rm(folder, { recursive: true, force: true })])) };
}

async function asSuperuser(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: Object.assign(new URL(inject("cluster").superuser), { pathname: "/postgres" }).href });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
