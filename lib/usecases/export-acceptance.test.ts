import { randomUUID } from "node:crypto";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import type { Download } from "@/lib/contract/export";
import { closeDatabase, database } from "@/lib/data/client";
import { inStory, parseEntry } from "@/lib/data/ledger/write";
import type { StaffActor } from "@/lib/domain/actor";
import type { Entry } from "@/lib/domain/entry";
import { exportAcceptance } from "@/lib/usecases/export-acceptance";
import { exportAnswers } from "@/lib/usecases/export-acceptance-answers";
import { showReport } from "@/lib/usecases/show-report";

let test: TestDatabase;
let owner: pg.Client;
let compliance: StaffActor;
const use = randomUUID();
const manyPeople = 50_000;

beforeAll(async () => {
  test = await openTestDatabase();
  owner = new pg.Client({ connectionString: test.ownerUrl });
  await owner.connect();
  compliance = await staff("compliance");
  await inStory(new Date("2026-01-05T10:00:00Z"), () => exportAcceptance(compliance, { request: longAgo }).then(textOf));
  await publish(use, "mountain-bike-picks", "Mountain-bike picks");
  await owner.query("INSERT INTO person (id) SELECT gen_random_uuid() FROM generate_series(1, $1)", [manyPeople]);
  await owner.query(
    `INSERT INTO permission (person_id, use_id, state, version, answered_at, channel, entry_index)
     SELECT id, $1, (ARRAY['granted', 'refused', 'withdrawn'])[1 + abs(hashtext(id::text)) % 3], 1, '2026-03-01T12:34:56.789Z', 'page', 0 FROM person`,
    [use],
  );
});
afterAll(async () => {
  await owner.end();
  await closeDatabase();
  await test.drop();
});

const longAgo = randomUUID();

async function staff(role: StaffActor["role"]): Promise<StaffActor> {
  const made = await database().staff.create({ data: { email: `${randomUUID()}@example.test`, name: `The ${role}`, role, passwordHash: "-" } });
  return { kind: "staff", id: made.id, name: made.name, email: made.email, role };
}

/** Version 1 of a data use, published. */
async function publish(id: string, key: string, name: string): Promise<void> {
  await owner.query("INSERT INTO data_use (id, key, name) VALUES ($1, $2, $3)", [id, key, name]);
  await owner.query(
    `INSERT INTO data_use_version (use_id, number, terms, legal_basis, gpc_concern, author_ids, published_at, published_by_id, reask, digest, entry_index)
     VALUES ($1, 1, '{}', 'consent', 'none', '{}', '2026-02-01T00:00:00Z', gen_random_uuid(), 'any', '\\x00', 0)`,
    [id],
  );
}

const textOf = async ({ body }: Download) => Buffer.from(await new Response(body).arrayBuffer()).toString("utf8");
const answers = (request: string = randomUUID(), by: StaffActor = compliance) => exportAnswers(by, { kind: "use", key: "mountain-bike-picks", version: 1, request });
const acceptance = (request: string = randomUUID(), by: StaffActor = compliance) => exportAcceptance(by, { request });
const linesOf = (text: string) => text.replace(/^\ufeff/u, "").split("\r\n").filter((line) => line !== "");

async function exports(): Promise<Entry[]> {
  const rows = await database().ledgerEntry.findMany({ where: { kind: "export-created" }, orderBy: { index: "asc" }, select: { body: true } });
  return rows.map((row) => parseEntry(row.body));
}

describe("the answers to one version", () => {
  it("come whole, one row a person in order, and the entry says how many", async () => {
    const download = await answers();
    const text = await textOf(download);
    expect(text.startsWith("\ufeffperson,answer,version,answered at (UTC),ledger entry,channel,keeps version,until (UTC),for one time,brought in from,answered there (UTC)\r\n")).toBe(true);
    const [, ...rows] = linesOf(text);
    const people = rows.map((row) => row.slice(0, 36));
    expect(rows.length).toBe(manyPeople);
    expect(new Set(people).size).toBe(manyPeople);
    expect(people).toEqual([...people].sort());
    expect(rows[0]).toMatch(/^[0-9a-f-]{36},(granted|refused|withdrawn),1,2026-03-01T12:34:56\.789Z,0,page,,,,,$/);
    expect(download.filename).toMatch(/^answers-mountain-bike-picks-version-1-\d{4}-\d\d-\d\d\.csv$/);
    expect((await exports()).at(-1)).toMatchObject({ kind: "export-created", what: "answers", subject: "use:mountain-bike-picks@1", rows: manyPeople, by: { staff: compliance.id } });
  });

  it("stream in pieces, with no more in memory than a few of them", async () => {
    setFlagsFromString("--expose-gc");
    const collect: () => void = runInNewContext("gc");
    const inUse = () => {
      collect();
      const { heapUsed, arrayBuffers } = process.memoryUsage();
      return heapUsed + arrayBuffers;
    };
    const { body } = await answers();
    const reader = body.getReader();
    const before = inUse();
    let [bytes, pieces, largest, most] = [0, 0, 0, 0];
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      bytes += piece.value.byteLength;
      pieces += 1;
      largest = Math.max(largest, piece.value.byteLength);
      most = Math.max(most, inUse() - before);
    }
    expect(bytes).toBeGreaterThan(4_000_000);
    expect(pieces).toBeGreaterThanOrEqual(10);
    expect(largest).toBeLessThan(600_000);
    expect(most).toBeLessThan(bytes);
  });

  it("are those at the entry, whatever is answered while they are read", async () => {
    const download = await answers();
    const { rows } = await owner.query<{ person_id: string }>("SELECT person_id FROM permission WHERE state = 'granted' ORDER BY person_id DESC LIMIT 1");
    const person = rows[0]?.person_id ?? "";
    await owner.query("UPDATE permission SET state = 'withdrawn', entry_index = entry_index + 1 WHERE person_id = $1", [person]);
    const during = linesOf(await textOf(download)).find((line) => line.startsWith(person));
    const after = linesOf(await textOf(await answers())).find((line) => line.startsWith(person));
    expect(during).toContain(",granted,");
    expect(after).toContain(",withdrawn,");
  });

  it("give the connection back when the reader leaves early", async () => {
    for (let i = 0; i < 12; i++) {
      const reader = (await answers()).body.getReader();
      if (i % 2) await reader.read();
      await reader.cancel();
    }
    expect(linesOf(await textOf(await answers())).length).toBe(manyPeople + 1);
  });

  it("are not found for a version that was never published", async () => {
    const before = (await exports()).length;
    await expect(exportAnswers(compliance, { kind: "use", key: "mountain-bike-picks", version: 2, request: randomUUID() })).rejects.toMatchObject({ code: "not-found" });
    await expect(exportAnswers(compliance, { kind: "policy", key: "mountain-bike-picks", version: 1, request: randomUUID() })).rejects.toMatchObject({ code: "not-found" });
    expect((await exports()).length).toBe(before);
  });
});

describe("the acceptance per version", () => {
  it("has the report's numbers, adding up to all people", async () => {
    const [header, ...rows] = linesOf(await textOf(await acceptance()));
    expect(header).toBe("kind,key,name,version,in force,published at (UTC),granted or accepted,refused,withdrawn,objected,due,answered another version,never asked");
    const { versions } = await showReport(compliance, "use", "mountain-bike-picks", null, { days: 30, course: "daily" });
    const standing = versions[0]?.standing;
    expect(rows).toEqual([`data use,mountain-bike-picks,Mountain-bike picks,1,yes,2026-02-01T00:00:00.000Z,${standing?.accepted},${standing?.refused},${standing?.withdrawn},0,0,0,0`]);
    expect((standing?.accepted ?? 0) + (standing?.refused ?? 0) + (standing?.withdrawn ?? 0)).toBe(manyPeople);
  });

  it("defuses every cell that a spreadsheet would run, and quotes what needs it", async () => {
    const names = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", 'say "hi", twice', "two\r\nlines"];
    for (const [i, name] of names.entries()) await publish(randomUUID(), `zz-${i}`, name);
    const text = await textOf(await acceptance());
    const cells = ["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\tx", "'\rx", '"say ""hi"", twice"', '"two\r\nlines"'];
    for (const [i, cell] of cells.entries()) {
      const [, found] = new RegExp(`zz-${i},("(?:[^"]|"")*"|[^,]*),1,yes,`, "u").exec(text) ?? [];
      expect(found === `"${cell}"` ? cell : found).toBe(cell);
    }
    expect((await exports()).at(-1)).toMatchObject({ what: "acceptance", subject: "all", rows: 1 + names.length });
  });
});

describe("a download", () => {
  it("makes one entry of the same request sent twenty times at once, and the same file each time", async () => {
    const before = (await exports()).length;
    const request = randomUUID();
    const texts = await Promise.all(Array.from({ length: 20 }, async () => textOf(await acceptance(request))));
    expect(new Set(texts).size).toBe(1);
    expect((await exports()).length).toBe(before + 1);
  });

  it("is refused to every role but compliance, and to compliance once the role is gone", async () => {
    const before = (await exports()).length;
    for (const role of ["officer", "approver", "admin"] as const) {
      await expect(acceptance(randomUUID(), await staff(role)), role).rejects.toMatchObject({ code: "forbidden" });
      await expect(answers(randomUUID(), await staff(role)), role).rejects.toMatchObject({ code: "forbidden" });
    }
    const demoted = await staff("compliance");
    await database().staff.update({ where: { id: demoted.id }, data: { role: "officer" } });
    await expect(acceptance(randomUUID(), demoted)).rejects.toMatchObject({ code: "forbidden" });
    expect((await exports()).length).toBe(before);
  });

  it("gives nothing else under the same request, and nothing to somebody else", async () => {
    const request = randomUUID();
    await textOf(await acceptance(request));
    await expect(answers(request)).rejects.toMatchObject({ code: "idempotency-conflict" });
    await expect(acceptance(request, await staff("compliance"))).rejects.toMatchObject({ code: "idempotency-conflict" });
  });

  it("does not come again without an entry from a link used long before", async () => {
    await expect(acceptance(longAgo)).rejects.toMatchObject({ code: "link-expired" });
  });
});

describe("the answers to a data use", () => {
  it("say plainly who keeps an earlier version, how long a yes holds, and what was given elsewhere", async () => {
    const [kept, once, brought] = (await owner.query<{ id: string }>("INSERT INTO person (id) SELECT gen_random_uuid() FROM generate_series(1, 3) RETURNING id")).rows.map(({ id }) => id);
    const own = randomUUID();
    await publish(own, "delivery-notes", "Delivery notes");
    await owner.query(
      `INSERT INTO permission (person_id, use_id, state, version, answered_at, channel, entry_index, declined, once, used_at, expires_at, imported_from, imported_at)
       VALUES ($1, $4, 'granted', 1, '2026-03-01Z', 'page', 7, 2, false, NULL, NULL, NULL, NULL),
              ($2, $4, 'granted', 1, '2026-03-01Z', 'api', 8, NULL, true, '2026-03-02Z', '2027-03-01Z', NULL, NULL),
              ($3, $4, 'granted', 1, '2026-03-01Z', 'import', 9, NULL, false, NULL, NULL, 'The old shop', '2024-01-01Z')`,
      [kept, once, brought, own],
    );
    const rowsOf = async (version: number) => linesOf(await textOf(await exportAnswers(compliance, { kind: "use", key: "delivery-notes", version, request: randomUUID() }))).slice(1);
    expect((await rowsOf(1)).sort()).toEqual([
      `${once},granted,1,2026-03-01T00:00:00.000Z,8,api,,2027-03-01T00:00:00.000Z,used,,`,
      `${brought},granted,1,2026-03-01T00:00:00.000Z,9,import,,,,The old shop,2024-01-01T00:00:00.000Z`,
    ].sort());
    await owner.query(
      `INSERT INTO data_use_version (use_id, number, terms, legal_basis, gpc_concern, author_ids, published_at, published_by_id, reask, digest, entry_index, replaces_id)
       SELECT use_id, 2, '{}', 'consent', 'none', '{}', '2026-02-02Z', published_by_id, 'any', '\\x00', 0, id FROM data_use_version WHERE use_id = $1`,
      [own],
    );
    expect(await rowsOf(2)).toEqual([`${kept},kept,2,2026-03-01T00:00:00.000Z,7,page,1,,,,`]);
    await owner.query("DELETE FROM permission WHERE use_id = $1", [own]);
  });
});
