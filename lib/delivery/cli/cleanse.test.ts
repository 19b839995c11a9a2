import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Server } from "node:http";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { apiKeyRow, permissionRow, personRow, publishedUse } from "@/e2e/support/rows";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { closeDatabase } from "@/lib/data/client";
import { keyedHash } from "@/lib/data/seal";
import { listen } from "@/lib/delivery/gateway/listener";

let db: TestDatabase;
let server: Server;
let environment: Record<string, string>;

beforeAll(async () => {
  db = await openTestDatabase();
  const owner = new pg.Client({ connectionString: db.ownerUrl });
  await owner.connect();
  const use = await publishedUse(owner, { key: "post", versions: [{ basis: "consent" }] });
  await permissionRow(owner, { person: await personRow(owner, keyedHash("ref", "ann")), use, state: "granted", version: 1 });
  const apiKey = await apiKeyRow(owner, ["decide"]);
  await owner.end();
  const port = await new Promise<number>((ready) => {
    server = listen({ hostname: "127.0.0.1", port: 0 }, ready);
  });
  environment = { PATH: process.env["PATH"] ?? "", HANDSHAKE_GATEWAY: `http://127.0.0.1:${port}`, HANDSHAKE_API_KEY: apiKey };
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await closeDatabase();
  await db.drop();
});

async function run(words: readonly string[], input: string, more: Record<string, string> = {}) {
  const child = spawn(process.execPath, ["bin/handshake.mjs", "cleanse", ...words], { env: { ...environment, NODE_ENV: "test", ...more }, stdio: "pipe" });
  let [output, errors] = ["", ""];
  child.stdout.on("data", (chunk) => (output += String(chunk)));
  child.stderr.on("data", (chunk) => (errors += String(chunk)));
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  await once(child, "close");
  return { code: child.exitCode, output, errors };
}

const rows = (count: number) => Array.from({ length: count }, (_, i) => `${i},${i % 3 === 0 ? "ann" : `stranger-${i}`}\n`).join("");

test("a list goes in, the permitted come out, and the count stands beside", async () => {
  const { code, output, errors } = await run(["--use", "post"], `n,person\n${rows(30_000)}`);
  expect([code, errors]).toEqual([0, "30,000 rows.\n  granted        10,000\n  never-asked    20,000\n"]);
  expect(output).toBe(`n,person\n${rows(30_000).split("\n").filter((row) => row.endsWith(",ann")).join("\n")}\n`);
  const others = await run(["--use", "post", "--keep", "suppressed", "--format", "ndjson"], '{"person":"ann"}\n{"person":"zed"}\n');
  expect([others.code, others.output]).toEqual([0, '{"person":"zed","reason":"never-asked"}\n']);
});

test("what goes wrong ends with 1 and says what to do", async () => {
  const late = await run(["--use", "post"], `n,person\n${rows(200_000)}1,"ann\n`);
  expect([late.code, late.errors]).toEqual([1, "Line 200,002: A quote is opened and never closed. What was written is not the whole list: do not use it.\n"]);
  expect((await run(["--use", "no-such-use"], "person\nann\n")).errors).toContain("There is no published data use “no-such-use”.");
  expect((await run([], "person\n")).errors).toContain("Use it as: handshake cleanse --use KEY");
  expect((await run(["--use", "post"], "person\n", { HANDSHAKE_API_KEY: "hs_wrong_key" })).errors).toContain("This API key is unknown");
  const away = await run(["--use", "post"], "person\nann\n", { HANDSHAKE_GATEWAY: "http://127.0.0.1:9" });
  expect([away.code, away.errors]).toEqual([1, "Nobody answers at http://127.0.0.1:9: check HANDSHAKE_GATEWAY, and that the gateway runs. What was written is not the whole list: do not use it.\n"]);
});
