import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { removePlace } from "@/lib/data/embedded-postgres/place";
import { startEmbeddedPostgres } from "@/lib/data/embedded-postgres/start";
import { PlainError } from "@/lib/data/settings/plain-error";
import { migrationsFolder, readMigrations, readSchema } from "./migrations-folder";
import { noFilters, withSchemaEngine } from "./schema-engine";

/**
 * The SQL that takes a database from what the migrations make to what the schema says; empty when they agree. The
 * migrations run for real, on a cluster of a moment.
 */
export async function diffSchema(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "handshake-diff-"));
  const cluster = path.join(folder, "postgres");
  const server = await startEmbeddedPostgres({ folder: cluster, durable: false });
  try {
    return await diffOn(server.url("postgres"));
  } finally {
    await server.stop();
    await removePlace(cluster);
    await rm(folder, { recursive: true, force: true });
  }
}

/** The same on a server that runs already. @param url of a login that may make databases and roles */
export async function diffOn(url: string): Promise<string> {
  return withSchemaEngine(url, async (engine) => {
    const { stdout } = await engine.diff({
      from: { tag: "migrations", ...(await readMigrations()) },
      to: { tag: "schemaDatamodel", files: await readSchema() },
      script: true,
      exitCode: null,
      filters: noFilters,
    });
    return withoutHandMade(stdout ?? "");
  });
}

/**
 * Writes the next migration.
 * @param name what it does, in a few words; becomes part of the folder's name
 * @returns the file written, or null when there is nothing to change
 * @throws PlainError when the name has no letters or digits
 */
export async function writeMigration(name: string, at: Date): Promise<string | null> {
  const slug = name.toLowerCase().replace(/[^a-z0-9]+/g, "_").replace(/^_+|_+$/g, "");
  if (slug === "") throw new PlainError("Name the migration in a few words, such as npm run db:diff add_locale.");
  const script = await diffSchema();
  if (script === "") return null;
  const stamp = at.toISOString().replace(/\D/g, "").slice(0, 14);
  const file = path.join(migrationsFolder, `${stamp}_${slug}`, "migration.sql");
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, script);
  return file;
}

/**
 * Indexes that Prisma cannot express (partial ones, by expression) are made by hand in a migration and are named
 * without its endings `_idx`, `_key` and `_pkey`; Prisma does not know them and would drop each one.
 */
function withoutHandMade(script: string): string {
  return script.replace(/-- DropIndex\nDROP INDEX "(?!\w+_(?:idx|key|pkey)")\w+";\n*/g, "").replace(/^-- This is an empty migration\.\s*$/, "").trimStart();
}
