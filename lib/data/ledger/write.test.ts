import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { closeDatabase, database } from "@/lib/data/client";
import { canonicalJson, sha256, toHex } from "@/lib/data/digest";
import { parseEntry, writeToLedger } from "@/lib/data/ledger/write";
import type { Fact } from "@/lib/domain/entry";
import { grow, leafHash, peaksOf, rootOf } from "@/lib/domain/merkle";

let test: TestDatabase;
beforeAll(async () => {
  test = await openTestDatabase();
});
afterAll(async () => {
  await closeDatabase();
  await test.drop();
});

const staff = { staff: "00000000-0000-4000-8000-000000000001" };
const fact = (what: string): Fact => ({ kind: "export-created", v: 1, what, subject: "test", rows: null });
const append = (what: string, requestId: string = randomUUID()) =>
  writeToLedger(
    staff,
    requestId,
    async ({ append }) => ({ index: Number(append(fact(what)).index), replayed: false }),
    async (_tx, entries) => ({ index: entries[0]!.index, replayed: true }),
  );

/** Recomputes everything from the bodies alone. */
async function verifyWhole(): Promise<number> {
  const rows = await database().ledgerEntry.findMany({ orderBy: { index: "asc" } });
  let previous = "00".repeat(32);
  const leaves: Uint8Array[] = [];
  rows.forEach((row, i) => {
    const entry = parseEntry(row.body);
    expect(entry.index).toBe(i);
    expect(Number(row.index)).toBe(i);
    expect(entry.previous).toBe(previous);
    expect(canonicalJson(entry)).toBe(row.body);
    const leaf = leafHash(sha256, Buffer.from(row.body, "utf8"));
    expect(toHex(row.leaf)).toBe(toHex(leaf));
    previous = toHex(leaf);
    leaves.push(leaf);
  });
  const head = await database().ledgerCheckpoint.findFirstOrThrow({ orderBy: { size: "desc" } });
  expect(Number(head.size)).toBe(rows.length);
  expect(toHex(head.root)).toBe(toHex(rootOf(sha256, grow(sha256, 0, [], leaves).peaks)));
  expect(head.note.split("\n").slice(1, 3)).toEqual([String(rows.length), Buffer.from(head.root).toString("base64")]);
  return rows.length;
}

describe("the door to the ledger", () => {
  it("links entries without a gap, and signs the tree over all of them", async () => {
    for (let i = 0; i < 5; i++) await append(`one ${i}`);
    expect(await verifyWhole()).toBe(5);
  });

  it("places many writers at once one behind the other", async () => {
    const before = await verifyWhole();
    const made = await Promise.all(Array.from({ length: 40 }, (_, i) => append(`race ${i}`)));
    expect(new Set(made.map((one) => one.index)).size).toBe(40);
    expect(await verifyWhole()).toBe(before + 40);
  });

  it("leaves connections to pages while many acts wait for one another", async () => {
    const client = new pg.Client({ connectionString: test.ownerUrl });
    await client.connect();
    await client.query("SELECT pg_advisory_lock(4841534275)");
    const acts = Array.from({ length: 30 }, (_, i) => append(`behind the lock ${i}`));
    expect((await database().organisation.findUniqueOrThrow({ where: { id: 1 } })).id).toBe(1);
    await client.end();
    expect(new Set((await Promise.all(acts)).map((one) => one.index)).size).toBe(30);
  });

  it("makes one entry of the same request sent twenty times at once, and answers alike", async () => {
    const before = await verifyWhole();
    const requestId = randomUUID();
    const made = await Promise.all(Array.from({ length: 20 }, () => append("same", requestId)));
    expect(new Set(made.map((one) => one.index)).size).toBe(1);
    expect(made.filter((one) => !one.replayed)).toHaveLength(1);
    expect(await verifyWhole()).toBe(before + 1);
  });

  it("refuses somebody else's request id", async () => {
    const requestId = randomUUID();
    await append("mine", requestId);
    const other = writeToLedger({ house: true }, requestId, async () => "done", async () => "replayed");
    await expect(other).rejects.toMatchObject({ code: "idempotency-conflict" });
  });

  it("leaves nothing behind when the act fails after appending", async () => {
    const before = await verifyWhole();
    const failed = writeToLedger(
      staff,
      randomUUID(),
      async ({ tx, append }) => {
        append(fact("lost"));
        await tx.organisation.update({ where: { id: 1 }, data: { name: "Changed" } });
        throw new Error("after the change");
      },
      async () => undefined,
    );
    await expect(failed).rejects.toThrow("after the change");
    expect((await database().organisation.findUniqueOrThrow({ where: { id: 1 } })).name).not.toBe("Changed");
    expect(await verifyWhole()).toBe(before);
  });

  it("stops rather than build on a tree that does not match", async () => {
    const client = new pg.Client({ connectionString: test.superuserUrl });
    await client.connect();
    try {
      const { rows } = await client.query<{ size: string }>("SELECT max(index) + 1 AS size FROM ledger_entry");
      const peak = peaksOf(Number(rows[0]!.size))[0]!;
      await client.query("SET session_replication_role = replica");
      await client.query("DELETE FROM ledger_node WHERE level = $1 AND position = $2", [peak.level, peak.position]);
      await expect(append("on a broken tree")).rejects.toThrow("does not match");
    } finally {
      await client.end();
    }
  });
});
