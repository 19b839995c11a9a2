import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { publishedUse } from "@/e2e/support/rows";
import { createTestDatabase, type TestDatabase } from "@/e2e/support/test-database";

let base: TestDatabase;
let app: pg.Client;
let owner: pg.Client;
let policy = "";

beforeAll(async () => {
  base = await createTestDatabase();
  [app, owner] = [new pg.Client({ connectionString: base.appUrl }), new pg.Client({ connectionString: base.ownerUrl })];
  await Promise.all([app.connect(), owner.connect()]);
  // As PostgreSQL has it for any database that nobody took care of.
  await owner.query(`GRANT TEMP ON DATABASE "${new URL(base.ownerUrl).pathname.slice(1)}" TO PUBLIC`);
  await publishedUse(owner, { key: "bikes", versions: [{ basis: "consent" }] });
  policy = (await owner.query<{ id: string }>("INSERT INTO policy (key, title, audience) VALUES ('notice', 'Notice', 'customers') RETURNING id")).rows[0]?.id ?? "";
});
afterAll(async () => {
  await Promise.all([app.end(), owner.end()]);
  await base.drop();
});

const publish = `UPDATE policy_version SET published_at = now(), published_by_id = gen_random_uuid(), digest = '\\x00', entry_index = 0, asked_since = number,
  in_force_from = COALESCE(in_force_from, now()) WHERE id = $1`;

async function version(number: number, replaces: string | null = null, inForceFrom: Date | null = null): Promise<string> {
  const id = randomUUID();
  await owner.query("INSERT INTO policy_version (id, policy_id, number, author_ids, replaces_id, in_force_from) VALUES ($1, $2, $3, '{}', $4, $5)", [id, policy, number, replaces, inForceFrom]);
  return id;
}

const addText = "INSERT INTO public.policy_text (version_id, locale, title, markdown, digest) VALUES ($1, $2, 'x', 'x', '\\x00')";

describe("a login with temporary tables of its own", () => {
  test("cannot put one before the ledger, and append beside the chain", async () => {
    await app.query("CREATE TEMP TABLE ledger_entry (index bigint, leaf bytea, recorded_at timestamptz)");
    try {
      await app.query("INSERT INTO pg_temp.ledger_entry VALUES (40, '\\x01', now())");
      await expect(
        app.query("INSERT INTO public.ledger_entry (index, kind, body, leaf, previous, recorded_at, request_id) VALUES (41, 'x', '{}', sha256('\\x00'::bytea || '{}'), '\\x01', now(), 'fork')"),
      ).rejects.toThrow(/does not follow/);
    } finally {
      await app.query("DROP TABLE pg_temp.ledger_entry");
    }
  });

  test("cannot add to what is published", async () => {
    const id = await version(1);
    await owner.query(publish, [id]);
    await app.query("CREATE TEMP TABLE policy_version (id uuid, published_at timestamptz)");
    try {
      await expect(app.query(addText, [id, "en"])).rejects.toThrow(/does not change/);
    } finally {
      await app.query("DROP TABLE pg_temp.policy_version");
    }
  });

  test("cannot be written to in the owner's name", async () => {
    await app.query("CREATE TEMP TABLE tally (subject uuid, version int, state text, count bigint, PRIMARY KEY (subject, version, state))");
    try {
      await app.query("INSERT INTO person DEFAULT VALUES");
      expect((await app.query("SELECT FROM pg_temp.tally")).rowCount).toBe(0);
      expect((await owner.query<{ count: number }>("SELECT sum(count)::int AS count FROM tally WHERE state = 'person'")).rows).toEqual([{ count: 1 }]);
    } finally {
      await app.query("DROP TABLE pg_temp.tally");
    }
  });
});

test("a text added while its version is being published waits, and is refused", async () => {
  const id = await version(2, (await owner.query<{ id: string }>("SELECT id FROM policy_version WHERE number = 1")).rows[0]?.id ?? null);
  await owner.query("BEGIN");
  await owner.query(publish, [id]);
  const added = app.query(addText, [id, "de"]).then(() => "added", (error: Error) => error.message);
  const held = await Promise.race([added, owner.query("SELECT pg_sleep(0.3)").then(() => "waits")]);
  await owner.query("COMMIT");
  expect([held, await added]).toEqual(["waits", expect.stringContaining("does not change")]);
});

test("a scheduled version is not called off under the one that is scheduled behind it", async () => {
  const before = (await owner.query<{ id: string }>("SELECT id FROM policy_version WHERE number = 2")).rows[0]?.id ?? null;
  const [day, cancel] = [86_400_000, "UPDATE policy_version SET cancelled_at = now() WHERE id = $1"];
  const third = await version(3, before, new Date(Date.now() + day));
  await owner.query(publish, [third]);
  const fourth = await version(4, third, new Date(Date.now() + 2 * day));
  await owner.query(publish, [fourth]);
  await expect(app.query(cancel, [third])).rejects.toThrow(/does not change/);
  await app.query(cancel, [fourth]);
  await app.query(cancel, [third]);
});

test.each([
  ["give a data use another key", "UPDATE data_use SET key = 'cars' WHERE key = 'bikes'"],
  ["give a prompt another use", "UPDATE prompt SET use_id = gen_random_uuid()"],
  ["give a policy another key", "UPDATE policy SET key = 'other'"],
  ["ask something else about a policy", "UPDATE policy SET asks = 'accept'"],
])("the application cannot %s", async (_what, statement) => {
  await expect(app.query(statement)).rejects.toThrow(/permission denied/);
});
