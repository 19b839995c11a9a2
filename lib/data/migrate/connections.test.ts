import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { testBinaries } from "@/e2e/support/test-binaries";
import { createTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { removePlace } from "@/lib/data/embedded-postgres/place";
import { startEmbeddedPostgres } from "@/lib/data/embedded-postgres/start";
import { checkDatabase, withConnection } from "./check-database";
import { prepareDatabase } from "./connections";

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function newDatabase(): Promise<TestDatabase> {
  const database = await createTestDatabase();
  cleanUps.push(() => database.drop());
  return database;
}

function ask<T extends object>(url: string, sql: string): Promise<T[]> {
  return withConnection(url, "the test's database", async (client) => (await client.query<T>(sql)).rows);
}

/** What a connection may do to the ledger. */
async function rights(url: string): Promise<object | undefined> {
  const rows = await ask(
    url,
    `SELECT current_user AS role, has_table_privilege('ledger_entry', 'INSERT') AS adds, has_table_privilege('ledger_entry', 'SELECT') AS reads,
            has_table_privilege('ledger_entry', 'UPDATE') AS changes, has_table_privilege('ledger_entry', 'DELETE') AS removes`,
  );
  return rows[0];
}

const leastRights = { adds: true, reads: true, changes: false, removes: false };

test.each(["ownerUrl", "superuserUrl"] as const)("a DATABASE_URL of the %s lets the application have the application's rights only", async (login) => {
  const database = await newDatabase();
  const { ownerUrl, appUrl } = await prepareDatabase({ databaseUrl: database[login], databaseOwnerUrl: null });
  expect(ownerUrl).toBe(database[login]);
  expect(await rights(appUrl)).toEqual({ role: "handshake_app", ...leastRights });
  await expect(ask(appUrl, "UPDATE ledger_entry SET kind = 'x'")).rejects.toThrow(/permission denied/);
});

test("a login of its own beside DATABASE_OWNER_URL connects as itself, and is made a member by the owner", async () => {
  const database = await newDatabase();
  const login = `teller_${Date.now()}`;
  await ask(database.superuserUrl, `CREATE ROLE ${login} LOGIN PASSWORD 'a-teller-of-the-test'; GRANT CONNECT ON DATABASE ${new URL(database.ownerUrl).pathname.slice(1)} TO ${login}`);
  cleanUps.push(() => ask(database.superuserUrl, `DROP OWNED BY ${login}; DROP ROLE ${login}`));
  await ask(database.superuserUrl, "GRANT handshake_app TO handshake_owner WITH ADMIN OPTION");
  const databaseUrl = Object.assign(new URL(database.appUrl), { username: login, password: "a-teller-of-the-test" }).href;

  const { appUrl } = await prepareDatabase({ databaseUrl, databaseOwnerUrl: database.ownerUrl });
  expect(appUrl).toBe(databaseUrl);
  expect(await rights(appUrl)).toEqual({ role: login, ...leastRights });
});

test("where the application's role is missing it is made, and an owner that may not make it is told what to run", async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "handshake-bare-"));
  const cluster = path.join(folder, "postgres");
  cleanUps.push(() => rm(folder, { recursive: true, force: true }), () => removePlace(cluster));
  const server = await startEmbeddedPostgres({ folder: cluster, binaries: testBinaries(), durable: false });
  cleanUps.push(() => server.stop());
  await ask(server.url("postgres"), "DROP OWNED BY handshake_app");
  await ask(server.url("postgres"), "DROP ROLE handshake_app");

  const databaseUrl = server.url("handshake_owner");
  await expect(prepareDatabase({ databaseUrl, databaseOwnerUrl: null })).rejects.toThrow(/may not make the role handshake_app; let an administrator run "CREATE ROLE handshake_app NOLOGIN" once/);
  await ask(server.url("postgres"), "ALTER ROLE handshake_owner CREATEROLE");
  const { appUrl, fresh } = await prepareDatabase({ databaseUrl, databaseOwnerUrl: null });
  expect(fresh).toBe(true);
  expect(await rights(appUrl)).toEqual({ role: "handshake_app", ...leastRights });
});

test("a database that cannot do is refused in one sentence", async () => {
  const database = await newDatabase();
  const name = new URL(database.ownerUrl).pathname.slice(1);
  const check = (change: Partial<URL>) => checkDatabase(Object.assign(new URL(database.ownerUrl), change).href, "DATABASE_URL");
  await expect(check({ port: "1" })).rejects.toThrow(/^The database at 127\.0\.0\.1:1 cannot be reached \(connect ECONNREFUSED 127\.0\.0\.1:1\): check DATABASE_URL and that the server runs\.$/);
  await expect(check({ password: "wrong" })).rejects.toThrow(/^The database at \S+ refuses the login "handshake_owner": check the name and password in DATABASE_URL\.$/);
  await expect(check({ pathname: "/nowhere" })).rejects.toThrow(/^There is no database "nowhere" at /);
  await ask(database.superuserUrl, `ALTER DATABASE ${name} SET default_transaction_read_only = on`);
  await expect(check({})).rejects.toThrow(/^The database in DATABASE_URL is read-only/);
  await ask(Object.assign(new URL(database.superuserUrl), { pathname: "/postgres" }).href, `ALTER DATABASE ${name} RESET default_transaction_read_only`);
  // An old server is one that says so: this one is made to say it.
  await ask(database.superuserUrl, `CREATE SCHEMA old; GRANT USAGE ON SCHEMA old TO PUBLIC;
    CREATE FUNCTION old.current_setting(text) RETURNS text LANGUAGE sql AS $$ SELECT CASE $1 WHEN 'server_version_num' THEN '140011' ELSE pg_catalog.current_setting($1) END $$;
    ALTER DATABASE ${name} SET search_path = old, pg_catalog`);
  await expect(check({})).rejects.toThrow("The database in DATABASE_URL is PostgreSQL 14; Handshake needs 15 or newer.");
});
