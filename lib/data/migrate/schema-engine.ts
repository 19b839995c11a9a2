import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as engine from "@prisma/schema-engine-wasm/schema_engine_bg";
import type { SchemaEngine } from "@prisma/schema-engine-wasm";
import { MigrationAdapter } from "./migration-adapter";
import { readSchema } from "./migrations-folder";

/** We keep no tables or enums beside Prisma's, so nothing is left out of a comparison. */
export const noFilters = { externalTables: [], externalEnums: [] };

let loading: Promise<void> | null = null;

/**
 * Runs `work` with Prisma's own schema engine on a database, as WebAssembly: nothing is downloaded and what it writes
 * is what `prisma migrate deploy` would.
 * @param url of a login that may create tables
 */
export async function withSchemaEngine<T>(url: string, work: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  await (loading ??= load());
  const datamodels = (await readSchema()).map((file): [string, string] => [file.path, file.content]);
  const adapter = new MigrationAdapter(url);
  try {
    const instance = await engine.SchemaEngine.new({ datamodels }, () => undefined, bindMigrationAwareSqlAdapterFactory(adapter));
    try {
      return await work(instance);
    } finally {
      instance.free();
    }
  } finally {
    await adapter.close();
  }
}

async function load(): Promise<void> {
  // The engine reports its own crashes here before it stops; without it the report itself would fail.
  Reflect.set(globalThis, "PRISMA_WASM_PANIC_REGISTRY", {
    set_message: (message: string) => {
      throw new Error(`Prisma's schema engine stopped: ${message}`);
    },
  });
  const folder = path.dirname(createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm"));
  const compiled = await WebAssembly.compile(await readFile(path.join(folder, "schema_engine_bg.wasm")));
  const instance = await WebAssembly.instantiate(compiled, { "./schema_engine_bg.js": { ...engine } });
  engine.__wbg_set_wasm(instance.exports);
  const begin = instance.exports["__wbindgen_start"];
  if (typeof begin === "function") begin();
}
