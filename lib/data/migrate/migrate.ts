import type pg from "pg";
import type { MigrationList } from "@prisma/schema-engine-wasm";
import { PlainError } from "@/lib/data/settings/plain-error";
import { withConnection } from "./check-database";
import { readMigrations } from "./migrations-folder";
import { noFilters, withSchemaEngine } from "./schema-engine";

/** Held by whoever migrates a database, so that processes starting at once do not do it together. */
const migrationLock = 4_870_002;

/**
 * Brings a database to the state this build needs, and does nothing where it is there already. Several processes may
 * call it at once: one migrates, the others wait.
 * @param url of the login that owns (or will own) the tables
 * @param name the variable to name in messages
 * @returns how many migrations it had before, and the names of those applied now, oldest first
 * @throws PlainError when the database belongs to a newer version, or a migration fails
 */
export async function migrate(url: string, name = "DATABASE_URL", folder?: string): Promise<{ before: number; applied: readonly string[] }> {
  const migrations = await readMigrations(folder);
  return withConnection(url, name, async (client) => {
    await client.query("SELECT pg_advisory_lock($1)", [migrationLock]);
    const had = await appliedMigrations(client);
    const missing = compare(migrations, had);
    return { before: had.length, applied: missing.length === 0 ? [] : await apply(url, migrations, client) };
  });
}

/** The names of the migrations a database has, oldest first. */
export async function appliedMigrations(client: pg.Client): Promise<readonly string[]> {
  return recorded(client, "finished_at IS NOT NULL");
}

async function recorded(client: pg.Client, state: "finished_at IS NOT NULL" | "finished_at IS NULL"): Promise<readonly string[]> {
  const { rows: tables } = await client.query<{ there: boolean }>("SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there");
  if (tables[0]?.there !== true) return [];
  const { rows } = await client.query<{ name: string }>(
    `SELECT migration_name AS name FROM _prisma_migrations WHERE ${state} AND rolled_back_at IS NULL ORDER BY migration_name`,
  );
  return rows.map((row) => row.name);
}

function compare(known: MigrationList, applied: readonly string[]): readonly string[] {
  const names = known.migrationDirectories.map((directory) => directory.path);
  const newer = applied.find((name) => !names.includes(name));
  if (newer !== undefined) {
    throw new PlainError(`This database belongs to a newer version of Handshake (it has the change ${newer}, which this version does not know); start that version, or restore an older backup.`);
  }
  return names.filter((name) => !applied.includes(name));
}

async function apply(url: string, migrations: MigrationList, client: pg.Client): Promise<readonly string[]> {
  return withSchemaEngine(url, async (engine) => {
    try {
      return (await engine.applyMigrations({ migrationsList: migrations, filters: noFilters })).appliedMigrationNames;
    } catch (cause) {
      const failed = await recorded(client, "finished_at IS NULL");
      // Each migration is one transaction, so one that failed left nothing behind: the next start may try it again.
      for (const migrationName of failed) await engine.markMigrationRolledBack({ migrationName });
      const which = failed[0] === undefined ? "" : ` (${failed[0]})`;
      throw new PlainError(`The database could not be brought up to date${which}: ${reasonOf(cause)}.`, cause);
    }
  });
}

function reasonOf(cause: unknown): string {
  const said = cause instanceof Error ? cause.message : String(cause);
  return (/ERROR:\s*(.+)/.exec(said)?.[1] ?? said.split("\n")[0] ?? "").replace(/\.$/, "");
}
