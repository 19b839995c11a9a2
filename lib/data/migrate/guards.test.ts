import { randomBytes, randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { permissionRow, personRow, publishedUse } from "@/e2e/support/rows";
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
  ["take somebody's permission away", "DELETE FROM permission"],
  ["take somebody's answer to a policy away", "DELETE FROM acceptance"],
  ["take away that somebody was asked", "DELETE FROM serving"],
  ["take away who answered for somebody", "DELETE FROM guardian"],
  ["take away what a browser said", "DELETE FROM person_signal"],
  ["call somebody forgotten", "UPDATE person SET forgotten_at = now()"],
  ["give a permission to somebody else", "UPDATE permission SET person_id = gen_random_uuid()"],
  ["let a permission speak of another use", "UPDATE permission SET use_id = gen_random_uuid()"],
  ["give an answer to a policy to somebody else", "UPDATE acceptance SET person_id = gen_random_uuid()"],
  ["let a key do more", "UPDATE api_key SET scopes = '{ask,decide}'"],
  ["let a browser's key be used elsewhere", "UPDATE api_key SET origins = '{https://elsewhere.example}'"],
  ["exchange the secret of a key", "UPDATE api_key SET digest = 'x'"],
  ["keep a reply for another request", "UPDATE kept_reply SET request = 'x'"],
  ["say that somebody else added a subscriber", "UPDATE webhook SET created_by_id = gen_random_uuid()"],
])("the application cannot %s", async (_what, statement) => {
  await expect(app.query(statement)).rejects.toThrow(/permission denied/);
});

/** What hangs on a person: every table with rows of theirs that could not be there without them. */
const ofPersons = `SELECT c.conrelid::regclass::text AS name FROM pg_constraint c WHERE c.confrelid = 'person'::regclass AND c.contype = 'f' ORDER BY 1`;

test("nothing that hangs on a person is left when they are forgotten, and others keep theirs", async () => {
  const use = (await owner.query<{ id: string }>("SELECT id FROM data_use")).rows[0]?.id ?? "";
  const [ann, ben] = [await personRow(owner, Buffer.from("ann")), await personRow(owner, Buffer.from("ben"))];
  for (const person of [ann, ben]) {
    await permissionRow(owner, { person, use, state: "granted", version: 1 });
    for (const [table, columns, values] of [
      ["acceptance", "policy_id, state, version, answered_at, channel, entry_index", `'${policy}', 'accepted', 1, now(), 'test', 0`],
      ["serving", "shown, channel", "'x', 'test'"],
      ["asking", "about, version, visits, counted_at", `'${use}', 1, 1, now()`],
      ["question_budget", "month, asked", "now(), 1"],
      ["person_signal", "kind", "'gpc'"],
      ["guardian", "commitment, sealed", "sha256('x'), 'x'"],
      ["memory_item", "name_hash, use_id, version, entry_index, category, sealed", `sha256('x'), '${use}', 1, 0, 'user', 'x'`],
      ["person_link", "digest, channel, expires_at", "$1::text::bytea, 'test', now()"],
      ["person_session", "digest, expires_at", "$1::text::bytea, now()"],
    ] as const) {
      await owner.query(`INSERT INTO ${table} (person_id, ${columns}) SELECT $1::uuid, ${values}`, [person]);
    }
    await owner.query("INSERT INTO outbox (kind, sealed, person_id) VALUES ('mail', 'x', $1)", [person]);
    await owner.query("INSERT INTO kept_reply (id, request, holder, held_until, ref_hash) SELECT sha256(ref_hash), sha256('x'), id, now(), ref_hash FROM person WHERE id = $1", [person]);
  }
  const tables = [...(await owner.query<{ name: string }>(ofPersons)).rows.map(({ name }) => name), "outbox"];
  const rowsOf = async (person: string) => {
    const found: string[] = [];
    for (const table of tables) if ((await owner.query(`SELECT FROM ${table} WHERE person_id = $1`, [person])).rowCount !== 0) found.push(table);
    return found;
  };
  expect(await rowsOf(ann)).toEqual(tables);
  await app.query("SELECT forget_person($1, now())", [ann]);
  expect([await rowsOf(ann), await rowsOf(ben)]).toEqual([[], tables]);
  expect((await owner.query("SELECT FROM kept_reply WHERE holder = ANY ($1)", [[ann, ben]])).rowCount).toBe(1);
});

test("a subscriber that is removed leaves neither secret nor address", async () => {
  const add = "INSERT INTO webhook (name, url, kinds, secret) VALUES ('shop', 'https://shop.example', '{person.forgotten}', 'sealed')";
  await app.query(add);
  await expect(app.query("UPDATE webhook SET removed_at = now()")).rejects.toThrow("webhook_removed");
  await expect(app.query("UPDATE webhook SET removed_at = now(), url = ''")).rejects.toThrow("webhook_removed");
  await app.query("UPDATE webhook SET removed_at = now(), url = '', secret = ''");
});

describe("what is remembered", () => {
  const remember = "INSERT INTO memory_item (person_id, name_hash, use_id, version, entry_index, category, sealed) SELECT $1::uuid, sha256('x'), id, $2::int, $3::bigint, 'user', 'x' FROM data_use WHERE key = $4";
  const answered = async (state: string, more = "") => {
    const [person, use] = [await personRow(owner, randomBytes(8)), (await owner.query<{ id: string }>("SELECT id FROM data_use WHERE key = 'bikes'")).rows[0]?.id ?? ""];
    await permissionRow(owner, { person, use, state, version: 1 });
    if (more !== "") await owner.query(`UPDATE permission SET ${more} WHERE person_id = $1`, [person]);
    return person;
  };

  test.each([
    ["after a no", "refused", "", 1, 0],
    ["under a yes for one time", "granted", "once = true", 1, 0],
    ["under a yes that is not named", "granted", "", 1, null],
    ["under a yes that was replaced", "granted", "entry_index = 1", 1, 0],
    ["for a version that was never published", "granted", "", 2, 0],
  ])("is not kept %s", async (_when, state, more, number, index) => {
    await expect(app.query(remember, [await answered(state, more), number, index, "bikes"])).rejects.toThrow(/no permission covers/);
  });

  test("is kept under the yes that stands, and without one where none is needed", async () => {
    const person = await answered("granted");
    await app.query(remember, [person, 1, 0, "bikes"]);
    await expect(app.query("UPDATE memory_item SET entry_index = 7 WHERE person_id = $1", [person])).rejects.toThrow(/no permission covers/);
    await publishedUse(owner, { key: "bills", versions: [{ basis: "contract" }] });
    await app.query(remember, [await answered("refused"), 1, null, "bills"]);
  });
});
