import { randomUUID } from "node:crypto";
import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cleanseFile } from "@/lib/contract/cleanse-file";
import { apiKeyRow, permissionRow, personRow, publishedUse } from "@/e2e/support/rows";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { listVerdict } from "@/lib/contract/list";
import { closeDatabase, database } from "@/lib/data/client";
import { writeToLedger } from "@/lib/data/ledger/write";
import { keyedHash } from "@/lib/data/seal";
import { gatewayApp } from "@/lib/delivery/gateway/app";
import type { Actor } from "@/lib/domain/actor";
import { cleanseListPiece } from "@/lib/usecases/cleanse-list-piece";

let db: TestDatabase;
let owner: pg.Client;
let key: string;
let officer: Actor;
const app = gatewayApp();

beforeAll(async () => {
  db = await openTestDatabase();
  owner = new pg.Client({ connectionString: db.ownerUrl });
  await owner.connect();
  key = await apiKeyRow(owner, ["decide"]);
  // A first entry that is a real one: the use is published by hand.
  await writeToLedger({ house: true }, randomUUID(), async ({ append }) => void append({ kind: "settings-changed", v: 1, changes: {} }), async () => undefined);
  const use = await publishedUse(owner, { key: "post", versions: [{ basis: "consent" }] });
  for (const [ref, state] of [["ann", "granted"], ["ben", "refused"], ["cas", "withdrawn"]] as const) await permissionRow(owner, { person: await personRow(owner, keyedHash("ref", ref)), use, state, version: 1 });
  const { id } = await database().staff.create({ data: { email: "o@example.com", name: "O", role: "officer", passwordHash: "x" }, select: { id: true } });
  officer = { kind: "staff", id, name: "O", email: "o@example.com", role: "officer" };
});
afterAll(async () => {
  await Promise.all([owner.end(), closeDatabase()]);
  await db.drop();
});

const inPieces = (text: string, format: "csv" | "ndjson", size: number, request: string = randomUUID()) =>
  cleanseFile(
    new Blob([text]),
    async (piece, { line, last }) => listVerdict.parse(JSON.parse(JSON.stringify(await cleanseListPiece(officer, { request, use: "post", format, last, ...(line === null ? {} : { line }) }, new Uint8Array(await piece.arrayBuffer()))))),
    () => undefined,
    size,
  );
const textOf = async (blob: Blob) => Buffer.from(await blob.arrayBuffer()).toString("utf8");
const byGateway = async (text: string, type: string, keep: string) =>
  Buffer.from(await (await app.request(`/v1/lists/post/cleanse?keep=${keep}`, { method: "POST", headers: { authorization: `Bearer ${key}`, "content-type": type }, body: text })).arrayBuffer()).toString("utf8");

test("both lists come out as the gateway gives them, wherever the pieces end", async () => {
  const who = fc.constantFrom("ann", "ben", "cas", "zed", '"ann"', "");
  const row = fc.tuple(who, fc.constantFrom("", "x", '"a\nb"', '"ü, ""y"""', "😀".repeat(30)), fc.constantFrom("\n", "\r\n", "\n\n")).map(([ref, note, end]) => `${note},${ref}${end}`);
  const json = fc.tuple(fc.constantFrom("ann", "ben", "zed"), fc.string(), fc.constantFrom("\n", " \r\n", "\n\n")).map(([person, note, end]) => JSON.stringify({ person, note }) + end);
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 40 }), fc.array(json, { maxLength: 20 }), fc.boolean(), fc.integer({ min: 40, max: 400 }), async (rows, lines, bom, size) => {
      for (const [text, format, type] of [[`${bom ? "\ufeff" : ""}note,person\n${rows.join("")}`, "csv", "text/csv"], [lines.join("").trimEnd(), "ndjson", "application/x-ndjson"]] as const) {
        const { permitted, suppressed, counts } = await inPieces(text, format, size);
        expect(await textOf(permitted)).toBe(await byGateway(text, type, "permitted"));
        expect(await textOf(suppressed)).toBe(await byGateway(text, type, "suppressed"));
        expect(Object.values(counts).reduce((sum, one) => sum + one, 0)).toBe(format === "csv" ? rows.length : lines.length);
      }
    }),
    { numRuns: 25 },
  );
});

test("what is broken is named by the line of the whole file, in whichever piece it is", async () => {
  const text = `note,person\n${'"a\nb",ann\n'.repeat(50)}x,"ann\n`;
  for (const size of [64, 1_000, 100_000]) await expect(inPieces(text, "csv", size)).rejects.toThrow("Line 102: A quote is opened and never closed.");
  await expect(inPieces(`${'{"person":"ann"}\n'.repeat(30)}{`, "ndjson", 50)).rejects.toThrow("Line 31: This is not JSON.");
});

test("a list is one entry, however many pieces it has, and nothing of it is kept", async () => {
  const before = Number((await owner.query<{ count: string }>("SELECT count(*) FROM ledger_entry")).rows[0]!.count);
  const request = randomUUID();
  await inPieces(`note,person\n${"x,ann\n".repeat(100)}`, "csv", 64, request);
  const { rows } = await owner.query<{ body: string }>("SELECT body FROM ledger_entry ORDER BY index OFFSET $1", [before]);
  expect(rows.map(({ body }) => JSON.parse(body) as unknown)).toEqual([expect.objectContaining({ kind: "export-created", what: "list", subject: "use:post", rows: null })]);
  await expect(cleanseListPiece(officer, { request, use: "no-such-use", format: "csv", last: true }, Buffer.from("person\nann\n"))).rejects.toMatchObject({ code: "not-found" });
});
