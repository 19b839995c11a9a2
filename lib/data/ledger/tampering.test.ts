import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { closeDatabase } from "@/lib/data/client";
import { writeToLedger } from "@/lib/data/ledger/write";

let test: TestDatabase;
let app: pg.Client;
let owner: pg.Client;

beforeAll(async () => {
  test = await openTestDatabase();
  for (let i = 0; i < 4; i++) {
    await writeToLedger(
      { house: true },
      randomUUID(),
      async ({ append }) => append({ kind: "export-created", v: 1, what: `export ${i}`, subject: "test", rows: i }),
      async () => undefined,
    );
  }
  app = new pg.Client({ connectionString: test.appUrl });
  owner = new pg.Client({ connectionString: test.ownerUrl });
  await Promise.all([app.connect(), owner.connect()]);
});
afterAll(async () => {
  await Promise.all([app.end(), owner.end(), closeDatabase()]);
  await test.drop();
});

const snapshot = async () =>
  (await owner.query("SELECT array_agg(e ORDER BY index)::text AS all FROM ledger_entry e UNION ALL SELECT array_agg(n ORDER BY level, position)::text FROM ledger_node n UNION ALL SELECT array_agg(c ORDER BY size)::text FROM ledger_checkpoint c")).rows;

const insertEntry = (values: string) =>
  `INSERT INTO ledger_entry (index, kind, body, leaf, previous, recorded_at, request_id) ${values}`;

/** What somebody who holds the application's login could try. */
const asApplication: readonly (readonly [string, string])[] = [
  ["edit what an entry says", "UPDATE ledger_entry SET body = '{}' WHERE index = 1"],
  ["edit a leaf", "UPDATE ledger_entry SET leaf = sha256('x') WHERE index = 1"],
  ["move an entry to another moment", "UPDATE ledger_entry SET recorded_at = now() - interval '1 year' WHERE index = 2"],
  ["give an entry to another person", "UPDATE ledger_entry SET person_id = gen_random_uuid() WHERE index = 2"],
  ["renumber entries", "UPDATE ledger_entry SET index = index + 100"],
  ["delete the last entry", "DELETE FROM ledger_entry WHERE index = 3"],
  ["delete everything", "DELETE FROM ledger_entry"],
  ["truncate", "TRUNCATE ledger_entry"],
  ["edit the tree", "UPDATE ledger_node SET hash = sha256('x') WHERE level = 0 AND position = 0"],
  ["delete a checkpoint", "DELETE FROM ledger_checkpoint WHERE size = 1"],
  ["insert with a gap", insertEntry("SELECT 99, 'x', '{}', sha256('\\x00'::bytea || '{}'), leaf, now(), 'gap' FROM ledger_entry WHERE index = 3")],
  ["insert beside the chain", insertEntry("SELECT 4, 'x', '{}', sha256('\\x00'::bytea || '{}'), leaf, now(), 'fork' FROM ledger_entry WHERE index = 1")],
  ["insert a leaf that is not the body's", insertEntry("SELECT 4, 'x', '{}', sha256('other'), leaf, now(), 'leaf' FROM ledger_entry WHERE index = 3")],
  ["insert in the past", insertEntry("SELECT 4, 'x', '{}', sha256('\\x00'::bytea || '{}'), leaf, now() - interval '1 year', 'past' FROM ledger_entry WHERE index = 3")],
  ["overwrite on conflict", insertEntry("SELECT 1, 'x', '{}', sha256('\\x00'::bytea || '{}'), previous, now(), 'again' FROM ledger_entry WHERE index = 1 ON CONFLICT (index) DO UPDATE SET body = excluded.body, leaf = excluded.leaf")],
  ["write a request a second time", insertEntry("SELECT 4, 'x', '{}', sha256('\\x00'::bytea || '{}'), leaf, now(), request_id FROM ledger_entry WHERE index = 3")],
  ["switch the triggers off", "ALTER TABLE ledger_entry DISABLE TRIGGER ALL"],
  ["drop a trigger", "DROP TRIGGER ledger_entry_append_only ON ledger_entry"],
  ["bend the trigger's function", "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$"],
  ["bypass triggers as a replica would", "SET session_replication_role = replica"],
  ["drop the table", "DROP TABLE ledger_entry CASCADE"],
  ["become the owner", "SET ROLE handshake_owner"],
  ["grant itself more", "GRANT UPDATE ON ledger_entry TO handshake_app"],
];

/** What the owner of the tables cannot do either without first taking the triggers away. */
const asOwner: readonly (readonly [string, string])[] = asApplication.slice(0, 10);

describe("the ledger refuses", () => {
  it.each(asApplication)("the application's login to %s", async (_what, statement) => {
    const before = await snapshot();
    if (statement.startsWith("GRANT")) {
      // PostgreSQL answers a grant without grant option by a warning: what counts is that nothing was gained.
      await app.query(statement).catch(() => undefined);
      const { rows } = await app.query("SELECT has_table_privilege('handshake_app', 'ledger_entry', 'UPDATE') AS gained");
      expect(rows).toEqual([{ gained: false }]);
    } else {
      await expect(app.query(statement)).rejects.toThrow(/permission denied|must be owner|does not follow|duplicate key|only grows/);
    }
    expect(await snapshot()).toEqual(before);
  });

  it.each(asOwner)("the owner's login to %s", async (_what, statement) => {
    const before = await snapshot();
    await expect(owner.query(statement)).rejects.toThrow(/only grows/);
    expect(await snapshot()).toEqual(before);
  });

  it("nobody who follows it: the next entry still fits", async () => {
    const made = await writeToLedger(
      { house: true },
      randomUUID(),
      async ({ append }) => append({ kind: "export-created", v: 1, what: "after", subject: "test", rows: null }).index,
      async () => -1n,
    );
    expect(made).toBe(4n);
  });
});
