import { randomBytes, randomUUID } from "node:crypto";
import { readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { closeDatabase, database } from "@/lib/data/client";
import { canonicalJson, fromHex, sha256, toHex } from "@/lib/data/digest";
import { nothingBefore } from "@/lib/data/ledger/batch";
import { verifyLedger, type Verified } from "@/lib/data/ledger/verify";
import { compareWithWitness, witnessedNow, witnessLedger } from "@/lib/data/ledger/witness";
import { addLeaves, readErasures, readWitnessedLeaves } from "@/lib/data/ledger/witness-folder";
import { parseEntry, writeToLedger } from "@/lib/data/ledger/write";
import { settings } from "@/lib/data/settings/settings";
import { personOf, subjectOf, type Entry, type Fact } from "@/lib/domain/entry";
import { grow, leafHash, rootOf } from "@/lib/domain/merkle";

/** How many times the ledger is tampered with; `HANDSHAKE_TAMPERINGS=1000` is the long form. */
const tamperings = Number(process.env["HANDSHAKE_TAMPERINGS"] ?? 120);
const size = 330;

let base: TestDatabase;
let superuser: pg.Client;

beforeAll(async () => {
  base = await openTestDatabase();
  superuser = new pg.Client({ connectionString: base.superuserUrl });
  await superuser.connect();
  await fill();
  for (const table of tables) await superuser.query(`CREATE TABLE kept_${table} AS TABLE ${table}`);
  await superuser.query("SET session_replication_role = replica");
});
afterAll(async () => {
  await Promise.all([superuser.end(), closeDatabase()]);
  await base.drop();
});

const tables = ["ledger_entry", "ledger_node", "ledger_checkpoint"] as const;

/** Entries of several kinds, in batches of one and of many. */
async function fill(): Promise<void> {
  for (let from = 0; from < size; ) {
    const some = Math.min([1, 1, 2, 17, 40][from % 5]!, size - from);
    const staff = randomUUID();
    await writeToLedger(
      from % 3 ? { staff } : { house: true },
      randomUUID(),
      async ({ append }) => {
        for (let i = 0; i < some; i++) append(factOf(from + i));
      },
      async () => undefined,
    );
    from += some;
  }
}

function factOf(n: number): Fact {
  if (n % 11 === 0) return { kind: "export-created", v: 1, what: `answers “${n}”`, subject: "use:picks", rows: n };
  return { kind: "permission-answered", v: 3, person: randomUUID(), use: `use-${n % 4}`, version: 1 + (n % 3), answer: n % 2 ? "granted" : "refused", shown: toHex(randomBytes(32)), channel: "page", identity: toHex(randomBytes(32)), expiresAt: null };
}

async function restore(): Promise<void> {
  for (const table of tables) await superuser.query(`TRUNCATE ${table}; INSERT INTO ${table} SELECT * FROM kept_${table}`);
}

const verified = async (): Promise<Verified> => verifyLedger(await witnessedNow());

describe("a ledger that nobody touched", () => {
  it("holds, with and without a witness, and tells how far it is", async () => {
    const told: number[] = [];
    expect(await verifyLedger(null, (holds) => told.push(holds))).toMatchObject({ holds: size, size, fault: null });
    expect(told.at(-1)).toBe(size);
    expect((await compareWithWitness(database())).state).toBe("waiting");
    expect((await witnessLedger()).state).toBe("up-to-date");
    const whole = await verified();
    expect(whole).toMatchObject({ holds: size, size, fault: null });
    expect(whole.checkpoint).toBe(await readFile(path.join(settings().witness.folder, "checkpoint"), "utf8"));
  });

  it("is witnessed as it grows, leaf by leaf, and each file is written once", async () => {
    const folder = settings().witness.folder;
    const before = await readFile(path.join(folder, "tile", "0", "000"));
    expect(before.length).toBe(256 * 32);
    const { rows } = await superuser.query<{ leaf: Buffer }>("SELECT leaf FROM ledger_entry ORDER BY index");
    const leaves = await readWitnessedLeaves(folder, 0, size);
    rows.forEach(({ leaf }, i) => expect(Buffer.compare(leaves.leafAt(i)!, leaf)).toBe(0));
    expect(leaves.leafAt(size)).toBeNull();
    expect(await readdir(path.join(folder, "tile", "0", "001.p"))).toContain(String(size - 256));
    expect((await witnessLedger()).state).toBe("up-to-date");
    expect(await readErasures(folder)).toEqual([]);
    await expect(addLeaves(folder, 256, randomBytes((size - 256) * 32))).rejects.toThrow("is there already and says something else");
  });
});

type Row = { index: number; body: string; leaf: Uint8Array };
type Tampering = { readonly what: string; act(rows: Row[]): Promise<number> };

/** A stream of numbers that is the same every time (mulberry32). */
let seed = 20_261_122;
function random(below: number): number {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) % below;
}

/** Another answer in an entry, said as canonically as the first. */
function otherWords(body: string): string {
  const entry = JSON.parse(body) as Entry;
  if (entry.kind === "permission-answered") return canonicalJson({ ...entry, answer: entry.answer === "granted" ? "refused" : "granted" });
  if (entry.kind === "export-created") return canonicalJson({ ...entry, rows: (entry.rows ?? 0) + 1 });
  throw new Error("no such entry here");
}

const leafOf = (body: string) => Buffer.from(leafHash(sha256, Buffer.from(body)));
const put = (index: number, body: string, leaf: Uint8Array = leafOf(body)) => superuser.query("UPDATE ledger_entry SET body = $2, leaf = $3 WHERE index = $1", [index, body, leaf]);

/** Writes the whole log anew from these bodies, as somebody would who has every right but not the key. */
async function rewrite(bodies: readonly string[], from: number, sign: (size: number, root: Uint8Array) => string): Promise<void> {
  let previous = nothingBefore;
  const entries = bodies.map((body, index) => {
    const entry: Entry = { ...(JSON.parse(body) as Entry), index, previous };
    const text = index < from ? body : canonicalJson(entry);
    previous = toHex(leafOf(text));
    return { entry: index < from ? (JSON.parse(body) as Entry) : entry, body: text };
  });
  await superuser.query("TRUNCATE ledger_entry, ledger_node");
  let position = { request: "", place: 0 };
  for (const { entry, body } of entries) {
    position = entry.request === position.request ? { request: position.request, place: position.place + 1 } : { request: entry.request ?? "", place: 0 };
    await superuser.query(
      "INSERT INTO ledger_entry (index, kind, body, leaf, previous, recorded_at, person_id, staff_id, subject, request_id, request_position) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
      [entry.index, entry.kind, body, leafOf(body), fromHex(entry.previous), entry.at, personOf(entry), "staff" in entry.by ? entry.by.staff : null, subjectOf(entry), entry.request, position.place],
    );
  }
  const leaves = entries.map(({ body }) => leafOf(body));
  const { nodes } = grow(sha256, 0, [], leaves);
  await superuser.query("INSERT INTO ledger_node SELECT l, p, decode(h, 'hex') FROM unnest($1::smallint[], $2::bigint[], $3::text[]) n (l, p, h)", [
    nodes.map(({ level }) => level),
    nodes.map((node) => node.position),
    nodes.map(({ hash }) => toHex(hash)),
  ]);
  const { rows } = await superuser.query<{ size: number }>("SELECT size::int FROM ledger_checkpoint ORDER BY size");
  for (const { size: upTo } of rows) {
    const root = Buffer.from(rootOf(sha256, grow(sha256, 0, [], leaves.slice(0, upTo)).peaks));
    if (upTo > from) await superuser.query("UPDATE ledger_checkpoint SET root = $2, note = $3 WHERE size = $1", [upTo, root, sign(upTo, root)]);
  }
}

const unsigned = (upTo: number, root: Uint8Array) => `${settings().ledgerName}\n${upTo}\n${Buffer.from(root).toString("base64")}\n\n— ${settings().ledgerName} ${randomBytes(68).toString("base64")}\n`;

const oneOf = <T>(rows: readonly T[]): T => rows[random(rows.length)]!;

const ways: readonly Tampering[] = [
  {
    what: "edits words",
    async act(rows) {
      const { index, body, leaf } = oneOf(rows);
      await put(index, otherWords(body), leaf);
      return index;
    },
  },
  {
    what: "edits words into what cannot be read",
    async act(rows) {
      const { index, body } = oneOf(rows);
      await put(index, random(2) ? body.slice(1) : `${body.slice(0, 20)}\n${body.slice(20)}`);
      return index;
    },
  },
  {
    what: "edits words and their leaf",
    async act(rows) {
      const { index, body } = oneOf(rows);
      await put(index, otherWords(body));
      return index;
    },
  },
  {
    what: "edits words, their leaf and the whole tree",
    async act(rows) {
      const { index, body } = oneOf(rows);
      await put(index, otherWords(body));
      const { nodes } = grow(sha256, 0, [], rows.map((row) => (row.index === index ? leafOf(otherWords(row.body)) : row.leaf)));
      for (const node of nodes) await superuser.query("UPDATE ledger_node SET hash = $3 WHERE level = $1 AND position = $2", [node.level, node.position, node.hash]);
      return index;
    },
  },
  {
    what: "edits a column",
    async act(rows) {
      const { index } = oneOf(rows);
      const change = oneOf([
        "person_id = gen_random_uuid()",
        "kind = 'policy-answered'",
        "subject = 'use:other'",
        "recorded_at = recorded_at + interval '1 second'",
        "request_id = repeat('0', 32)",
        "request_position = request_position + 500",
        "staff_id = gen_random_uuid()",
        "previous = sha256('other')",
        "leaf = sha256('other')",
      ]);
      await superuser.query(`UPDATE ledger_entry SET ${change} WHERE index = $1`, [index]);
      return index;
    },
  },
  {
    what: "deletes an entry",
    async act(rows) {
      const { index } = oneOf(rows);
      await superuser.query("DELETE FROM ledger_entry WHERE index = $1", [index]);
      return index;
    },
  },
  {
    what: "cuts off the end, with all that belongs to it",
    async act() {
      const { rows } = await superuser.query<{ size: number }>("SELECT size::int FROM ledger_checkpoint ORDER BY size");
      const end = oneOf(rows.slice(0, -1)).size;
      await superuser.query("DELETE FROM ledger_entry WHERE index >= $1", [end]);
      await superuser.query("DELETE FROM ledger_checkpoint WHERE size > $1", [end]);
      await superuser.query("DELETE FROM ledger_node WHERE (position + 1) * (1::bigint << level) > $1", [end]);
      return end;
    },
  },
  {
    what: "empties it",
    async act() {
      await superuser.query(`TRUNCATE ${tables.join(", ")}`);
      return 0;
    },
  },
  {
    what: "swaps two entries",
    async act(rows) {
      const [a, b] = [oneOf(rows), oneOf(rows)];
      if (a.index === b.index) return this.act(rows);
      await put(a.index, b.body, b.leaf);
      await put(b.index, a.body, a.leaf);
      return Math.min(a.index, b.index);
    },
  },
  {
    what: "writes everything anew from one entry on, with all hashes",
    async act(rows) {
      const { index } = oneOf(rows);
      await rewrite(rows.map((row) => (row.index === index ? otherWords(row.body) : row.body)), index, unsigned);
      return index;
    },
  },
  {
    what: "writes everything anew without one entry, with all hashes",
    async act(rows) {
      const { index } = oneOf(rows.slice(0, -1));
      await rewrite(rows.filter((row) => row.index !== index).map(({ body }) => body), index, unsigned);
      return index;
    },
  },
  {
    what: "edits a checkpoint",
    async act() {
      const { rows } = await superuser.query<{ size: number; before: number }>("SELECT size::int, COALESCE(lag(size) OVER (ORDER BY size), 0)::int AS before FROM ledger_checkpoint ORDER BY size");
      const { size: upTo, before } = oneOf(rows);
      const change = oneOf(["root = sha256('other')", "note = replace(note, '— ', '— x')", "signed_at = signed_at + interval '1 hour'", "note = left(note, -10) || repeat('A', 9) || E'\\n'"]);
      await superuser.query(`UPDATE ledger_checkpoint SET ${change} WHERE size = $1`, [upTo]);
      return before;
    },
  },
  {
    what: "deletes the newest checkpoint",
    async act() {
      const { rows } = await superuser.query<{ before: number }>("SELECT size::int AS before FROM ledger_checkpoint ORDER BY size DESC OFFSET 1 LIMIT 1");
      await superuser.query("DELETE FROM ledger_checkpoint WHERE size = (SELECT max(size) FROM ledger_checkpoint)");
      return rows[0]!.before;
    },
  },
  {
    what: "edits or deletes a node of the tree",
    async act() {
      const { rows } = await superuser.query<{ level: number; position: number }>("SELECT level, position::int FROM ledger_node ORDER BY level, position");
      const { level, position } = oneOf(rows);
      await superuser.query(`${random(2) ? "UPDATE ledger_node SET hash = sha256('other')" : "DELETE FROM ledger_node"} WHERE level = $1 AND position = $2`, [level, position]);
      return position * 2 ** level;
    },
  },
];

describe("a superuser who tampers", () => {
  it(`is found ${tamperings} times out of ${tamperings}, and the first bad entry named`, async () => {
    await witnessLedger();
    const { rows } = await superuser.query<{ index: string; body: string; leaf: Buffer }>("SELECT index, body, leaf FROM ledger_entry ORDER BY index");
    const kept = rows.map((row) => ({ ...row, index: Number(row.index) }));
    for (let n = 0; n < tamperings; n++) {
      const way = ways[n % ways.length]!;
      const first = await way.act(kept);
      const { fault, holds } = await verified();
      expect([n, way.what, fault?.index], fault?.why).toEqual([n, way.what, first]);
      expect(holds).toBe(Math.min(first, size));
      await restore();
    }
    expect(await verified()).toMatchObject({ holds: size, fault: null });
  }, 1_800_000);

  it("who has the key too is still found by what left the house", async () => {
    const { signCheckpoint } = await import("@/lib/data/ledger/checkpoint");
    const { rows } = await superuser.query<{ body: string }>("SELECT body FROM ledger_entry ORDER BY index");
    await rewrite(rows.map(({ body }, i) => (i === 77 ? otherWords(body) : body)), 77, signCheckpoint);
    expect(await verifyLedger(null)).toMatchObject({ holds: size, fault: null });
    expect((await verified()).fault?.index).toBe(77);
    expect((await compareWithWitness(database())).state).toBe("forked");
    const seen = await readFile(path.join(settings().witness.folder, "checkpoint"), "utf8");
    expect((await witnessLedger()).state).toBe("forked");
    expect(await readFile(path.join(settings().witness.folder, "checkpoint"), "utf8")).toBe(seen);
    await restore();
  });

  it("is not found by a witness that was damaged itself: that is said instead", async () => {
    const place = path.join(settings().witness.folder, "tile", "0", "000");
    const whole = await readFile(place);
    await rm(place);
    await expect(verified()).rejects.toThrow("lacks the leaves of entries 0 to 255");
    await writeFile(place, whole);
    expect((await verified()).fault).toBeNull();
  });

  it("leaves entries readable that an older release wrote", () => {
    const old = '{"answer":"granted","at":"2026-01-01T00:00:00.000Z","by":{"house":true},"channel":"host","expiresAt":null,"index":0,"kind":"permission-answered","person":"p","previous":"","shown":null,"use":"u","v":1,"version":1}';
    expect(parseEntry(old)).toMatchObject({ kind: "permission-answered", v: 3, identity: null, answer: "granted" });
  });
});
