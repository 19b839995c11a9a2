import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { permissionRow, publishedUse } from "@/e2e/support/rows";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { courseQuery } from "@/lib/contract/report";
import { closeDatabase, database } from "@/lib/data/client";
import { writeToLedger } from "@/lib/data/ledger/write";
import type { StaffActor } from "@/lib/domain/actor";
import { showOverview } from "@/lib/usecases/show-overview";

let test: TestDatabase;
let owner: pg.Client;
let officer: StaffActor;
const usual = courseQuery.parse({});

beforeAll(async () => {
  test = await openTestDatabase();
  owner = new pg.Client({ connectionString: test.ownerUrl });
  await owner.connect();
  const made = await database().staff.create({ data: { email: "aiko@example.test", name: "Aiko Sato", role: "officer", passwordHash: "-" } });
  officer = { kind: "staff", id: made.id, name: made.name, email: made.email, role: "officer" };
});
afterAll(async () => {
  await owner.end();
  await closeDatabase();
  await test.drop();
});

describe("the overview", () => {
  it("of a fresh installation is empty, and says no to whoever is not staff", async () => {
    const view = await showOverview(officer, usual);
    expect(view).toMatchObject({ people: 0, ledger: { size: 0, last: null }, waiting: [], scheduled: [], uses: [], policies: [], recent: [], can: { write: true, invite: false } });
    expect(view.course.points).toHaveLength(90);
    await expect(showOverview({ kind: "anyone" }, usual)).rejects.toMatchObject({ code: "signed-out" });
  });

  it("finds the few acts of staff among any number of answers", async () => {
    await writeToLedger({ staff: officer.id }, randomUUID(), async ({ append }) => {
      append({ kind: "export-created", v: 1, what: "acceptance", subject: "all", rows: 2 });
      for (let i = 0; i < 40; i++) append({ kind: "permission-answered", v: 3, identity: null, person: randomUUID(), use: "picks", version: 1, answer: "granted", shown: null, channel: "page", expiresAt: null });
    }, async () => undefined);
    const { recent, ledger } = await showOverview(officer, usual);
    expect(recent.map((line) => line.words)).toEqual(["Aiko Sato downloaded the acceptance of every version (2 rows)."]);
    expect(ledger.size).toBe(41);
  });

  it("shows what waits, what is scheduled, and where people stand", async () => {
    const id = await publishedUse(owner, { key: "picks", versions: [{ basis: "consent" }, { basis: "consent" }] });
    const { rows: people } = await owner.query<{ id: string }>("INSERT INTO person (id) SELECT gen_random_uuid() FROM generate_series(1, 5) RETURNING id");
    const [first, second, third] = people.map((row) => row.id);
    await permissionRow(owner, { person: first ?? "", use: id, state: "granted", version: 1 });
    await permissionRow(owner, { person: second ?? "", use: id, state: "granted", version: 2 });
    await permissionRow(owner, { person: third ?? "", use: id, state: "refused", version: 2 });
    await owner.query("INSERT INTO data_use_version (use_id, number, terms, legal_basis, author_ids, proposed_at) VALUES ($1, 3, '{}', 'consent', ARRAY[$2::uuid], now())", [id, officer.id]);
    const policy = randomUUID();
    await owner.query("INSERT INTO policy (id, key, title, audience) VALUES ($1, 'privacy', 'Privacy policy', 'customers')", [policy]);
    await owner.query(
      `INSERT INTO policy_version (policy_id, number, asked_since, author_ids, published_at, published_by_id, in_force_from, digest, entry_index)
       VALUES ($1, 1, 1, '{}', now(), gen_random_uuid(), now() + interval '3 days', '\\x00', 0)`,
      [policy],
    );
    const view = await showOverview(officer, usual);
    expect(view.people).toBe(5);
    expect(view.waiting).toMatchObject([{ what: "use", key: "picks", version: 3, authors: ["Aiko Sato"] }]);
    expect(view.scheduled).toMatchObject([{ key: "privacy", title: "Privacy policy", version: 1 }]);
    expect(view.policies).toEqual([]);
    expect(view.uses).toMatchObject([{ key: "picks", version: 2, asks: true, standing: { accepted: 1, refused: 1, withdrawn: 0, objected: 0, due: 1, elsewhere: 0, neverAsked: 2 } }]);
    expect(view.course.points.at(-1)).toMatchObject({ yes: 2, no: 1, back: 0 });
  });
});
