// Makes the database client from the schema, when the schema changed since last time. Plain JavaScript, because the
// TypeScript of the project imports what this makes.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const project = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const schemaFolder = path.join(project, "prisma", "schema");
const clientFolder = path.join(project, "lib", "data", "prisma-client");
const marker = path.join(clientFolder, "made-from.txt");

/** Makes the client unless it is there and made from this very schema. Throws an Error with one sentence. */
export function generateClient() {
  const wanted = fingerprint();
  if (existsSync(marker) && readFileSync(marker, "utf8") === wanted) return false;
  const require = createRequire(import.meta.url);
  const prisma = path.join(path.dirname(require.resolve("prisma/package.json")), "build", "index.js");
  const made = spawnSync(process.execPath, [prisma, "generate"], {
    cwd: project,
    encoding: "utf8",
    // Prisma would download a native engine that generating never runs; any existing file keeps it from that.
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: "1", CHECKPOINT_DISABLE: "1" },
  });
  if (made.status !== 0) {
    const said = `${made.stderr}\n${made.stdout}`.trim();
    throw new Error(`The database client could not be made from prisma/schema:\n${said}`);
  }
  writeFileSync(marker, wanted);
  return true;
}

function fingerprint() {
  const hash = createHash("sha256");
  hash.update(readFileSync(createRequire(import.meta.url).resolve("prisma/package.json")));
  for (const name of readdirSync(schemaFolder).sort()) {
    if (name.endsWith(".prisma")) hash.update(name).update(readFileSync(path.join(schemaFolder, name)));
  }
  return hash.digest("hex");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    generateClient();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
