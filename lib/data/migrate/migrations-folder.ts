import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { MigrationList, SchemaContainer } from "@prisma/schema-engine-wasm";

/** The project's folder, from where this process was started: every script of ours starts there. */
export const projectFolder = process.cwd();

export const migrationsFolder = path.join(projectFolder, "prisma", "migrations");
export const schemaFolder = path.join(projectFolder, "prisma", "schema");

/** The migrations of a folder, oldest first, in the form Prisma's engine takes them. */
export async function readMigrations(folder: string = migrationsFolder): Promise<MigrationList> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();
  const migrationDirectories = await Promise.all(
    names.map(async (name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: { tag: "ok" as const, value: await readFile(path.join(folder, name, "migration.sql"), "utf8") },
      },
    })),
  );
  return {
    baseDir: folder,
    lockfile: { path: "migration_lock.toml", content: await readFile(path.join(folder, "migration_lock.toml"), "utf8").catch(() => null) },
    shadowDbInitScript: "",
    migrationDirectories,
  };
}

/** Every `.prisma` file of a folder, in a steady order. */
export async function readSchema(folder: string = schemaFolder): Promise<SchemaContainer[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".prisma")).sort();
  return Promise.all(
    names.map(async (name) => ({ path: path.join(folder, name), content: await readFile(path.join(folder, name), "utf8") })),
  );
}
