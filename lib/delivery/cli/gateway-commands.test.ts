import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Server } from "node:http";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { apiKeyRow } from "@/e2e/support/rows";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { closeDatabase } from "@/lib/data/client";
import { listen } from "@/lib/delivery/gateway/listener";
import { askableUse } from "@/lib/usecases/ask-questions.fixture";

let db: TestDatabase;
let owner: pg.Client;
let server: Server;
let environment: Record<string, string>;
let use: string;

beforeAll(async () => {
  db = await openTestDatabase();
  owner = new pg.Client({ connectionString: db.ownerUrl });
  await owner.connect();
  use = await askableUse();
  const apiKey = await apiKeyRow(owner, ["ask", "decide", "remember"]);
  const port = await new Promise<number>((ready) => {
    server = listen({ hostname: "127.0.0.1", port: 0 }, ready);
  });
  environment = { PATH: process.env["PATH"] ?? "", HANDSHAKE_GATEWAY: `http://127.0.0.1:${port}`, HANDSHAKE_API_KEY: apiKey };
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await Promise.all([owner.end(), closeDatabase()]);
  await db.drop();
});

async function run(words: readonly string[], input = "", more: Record<string, string> = {}) {
  const child = spawn(process.execPath, ["bin/handshake.mjs", ...words], { env: { ...environment, NODE_ENV: "test", ...more }, stdio: "pipe" });
  let [output, errors] = ["", ""];
  child.stdout.on("data", (chunk) => (output += String(chunk)));
  child.stderr.on("data", (chunk) => (errors += String(chunk)));
  child.stdin.on("error", () => undefined).end(input);
  const [code] = (await once(child, "close")) as [number];
  return { code, output, errors };
}
const entries = async () => (await owner.query<{ count: number }>("SELECT count(*)::int AS count FROM ledger_entry")).rows[0]?.count ?? 0;

test("import brings consents in once, however often the file is sent, and says what it left", async () => {
  const file = "person,answer,answeredAt,until\nben,granted,2024-05-01,2035-01-01\ncas,refused,2024-05-02T10:00:00Z,\nben,refused,2020-01-01,\n";
  const words = ["import", "--use", use, "--version", "1", "--source", "Old shop"];
  const before = await entries();
  const first = await run(words, file);
  expect(first).toMatchObject({ code: 0, errors: "" });
  expect(first.output).toMatch(/^2 imported\.\n1 skipped: /);
  expect(await run(words, file)).toEqual(first);
  expect((await entries()) - before).toBe(2);
});

test("decide says yes or no for each person, and why", async () => {
  const { code, output } = await run(["decide", "--use", use, "ben", "cas", "nobody"]);
  expect(code).toBe(0);
  expect(output.split("\n")).toEqual([expect.stringMatching(/^yes {2}ben {2}granted, version 1, answered 2/), expect.stringMatching(/^no {3}cas {2}refused, version 1, answered/), "no   nobody  never-asked, version 1", ""]);
});

test("a row that cannot be read is named by its line", async () => {
  const words = ["import", "--use", use, "--version", "1", "--source", "Old shop"];
  expect(await run(words, "person,answer,answeredAt\ndan,maybe,2024-05-01\n")).toMatchObject({ code: 1, errors: expect.stringContaining("Row 2: the answer is granted") });
  expect(await run(words, 'person,answer,answeredAt\n"dan,granted,2024-05-01\n')).toMatchObject({ code: 1, errors: expect.stringContaining("cannot be read") });
  expect(await run(words, "person,answer,answeredAt\ndan,granted,yesterday\n")).toMatchObject({ code: 1, errors: expect.stringContaining("consents[0].answeredAt") });
});

test("forget wants to be told yes, and then does it", async () => {
  expect(await run(["forget", "ben"])).toMatchObject({ code: 1, errors: expect.stringContaining("cannot be undone") });
  expect(await run(["forget", "ben", "--yes"])).toMatchObject({ code: 0, output: "ben is forgotten.\n" });
  expect((await run(["decide", "--use", use, "ben"])).output).toBe("no   ben  never-asked, version 1\n");
  expect(await run(["forget", "ben", "--yes"])).toMatchObject({ code: 1, errors: expect.stringContaining("no such person") });
});

test("what is missing is said in a sentence", async () => {
  expect(await run(["decide", "ann"])).toMatchObject({ code: 1, errors: expect.stringMatching(/^Use it as: handshake decide/) });
  expect(await run(["decide", "--use", use, "ann"], "", { HANDSHAKE_API_KEY: "" })).toMatchObject({ code: 1, errors: expect.stringContaining("HANDSHAKE_API_KEY") });
  expect(await run(["decide", "--use", use, "ann"], "", { HANDSHAKE_API_KEY: "hs_nobody_knows_this" })).toMatchObject({ code: 1, errors: expect.stringContaining("unknown or was revoked") });
  expect(await run(["decide", "--use", "nothing", "ann"])).toMatchObject({ code: 1, errors: expect.stringContaining("no published data use") });
});
