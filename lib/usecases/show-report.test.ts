import fc from "fast-check";
import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { publishedUse, anyEntry } from "@/e2e/support/rows";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import { nobody, type Standing } from "@/lib/contract/report";
import { emptyTerms } from "@/lib/contract/terms";
import { closeDatabase } from "@/lib/data/client";
import type { StaffActor } from "@/lib/domain/actor";
import { decide, isDue, permissionStates, type PermissionState } from "@/lib/domain/decision";
import { acceptanceStates } from "@/lib/domain/entry";
import { isPolicyDue } from "@/lib/domain/policy";
import { listReports } from "@/lib/usecases/show-report-list";
import { showReport } from "@/lib/usecases/show-report";
import { showReAsks } from "@/lib/usecases/show-re-asks";

let test: TestDatabase;
let owner: pg.Client;
let people: string[] = [];
let made = 0;
let entries = 0;
const reader: StaffActor = { kind: "staff", id: randomUUID(), name: "Reader", email: "reader@example.test", role: "officer" };
const daily = { days: 90, course: "daily" } as const;
const now = new Date();

beforeAll(async () => {
  test = await openTestDatabase();
  owner = new pg.Client({ connectionString: test.ownerUrl });
  await owner.connect();
  const { rows } = await owner.query<{ id: string }>("INSERT INTO person (id) SELECT gen_random_uuid() FROM generate_series(1, 24) RETURNING id");
  people = rows.map((row) => row.id);
});
afterAll(async () => {
  await owner.end();
  await closeDatabase();
  await test.drop();
});

type Given = { person: number; state: number; version: number; daysAgo: number; beside: number };
const given: fc.Arbitrary<Given> = fc.record({ person: fc.nat(23), state: fc.nat(3), version: fc.nat(3), daysAgo: fc.nat(60), beside: fc.nat(3) });

/** The later version that was refused while this one was kept; null for most. */
function declinedOf({ state, version, beside }: Given, versions: number): number | null {
  const declined = (version % versions) + 1 + beside;
  return permissionStates[state] === "granted" && beside > 0 && declined <= versions ? declined : null;
}

/** One answer after another; each replaces the one before it, as the application writes them. */
async function answer(table: "permission" | "acceptance", subject: string, histories: readonly Given[], states: readonly string[], versions: number): Promise<void> {
  const column = table === "permission" ? "use_id" : "policy_id";
  const declinable = table === "permission" ? ", declined" : "";
  for (const [index, one] of histories.entries()) {
    const { person, state, version, daysAgo } = one;
    await owner.query(
      `INSERT INTO ${table} (person_id, ${column}, state, version, answered_at, channel, entry_index${declinable})
       VALUES ($1, $2, $3, $4, now() - make_interval(days => $5), 'test', $6${declinable ? ", $7" : ""})
       ON CONFLICT (person_id, ${column}) DO UPDATE SET state = excluded.state, version = excluded.version, answered_at = excluded.answered_at, entry_index = excluded.entry_index${declinable ? ", declined = excluded.declined" : ""}`,
      [people[person], subject, states[state % states.length], (version % versions) + 1, daysAgo, index, ...(declinable ? [declinedOf(one, versions)] : [])],
    );
  }
}

function tallyUp(parts: readonly (keyof Standing)[]): Standing {
  const counts = { ...nobody };
  for (const part of parts) counts[part] += 1;
  return counts;
}

const partOfState = { granted: "accepted", refused: "refused", withdrawn: "withdrawn", objected: "objected" } as const;

describe("a report about a data use", () => {
  it("counts what the domain says about each person, for any history", async () => {
    const bases = ["consent", "consent", "contract", "legitimate-interests"] as const;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...bases), { minLength: 1, maxLength: 4 }),
        fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })), { maxLength: 8 }),
        fc.array(given, { maxLength: 50 }),
        async (versions, carries, histories) => {
          const key = `use-${(made += 1)}`;
          const id = await publishedUse(owner, { key, versions: versions.map((basis) => ({ basis })), carries });
          await answer("permission", id, histories, permissionStates, versions.length);
          const live = versions.length;
          const basis = versions[live - 1] ?? "consent";
          const { rows } = await owner.query<{ state: PermissionState | null; version: number | null; declined: number | null }>(
            "SELECT p.state, p.version, p.declined FROM person s LEFT JOIN permission p ON p.person_id = s.id AND p.use_id = $1",
            [id],
          );
          const expected = (requested: number) =>
            tallyUp(
              rows.map(({ state, version, declined }) => {
                const permission = state === null || version === null ? null : { state, version, expiresAt: null, declined };
                const reach = (answered: number | null) => answered === requested || carries.some(([from, to]) => from === answered && to === requested);
                const [reaches, declinedReaches] = [reach(version), declined !== null && reach(declined)];
                if (permission === null) return "neverAsked";
                if (requested === live && isDue({ basis }, permission, reaches, now, declinedReaches) === "use-changed") return "due";
                if (requested === live && basis === "consent") return partOfState[reaches ? permission.state : declinedReaches ? "refused" : permission.state];
                const { reason } = decide({ requested: { version: requested, basis: "consent" }, live: { version: live, basis: "consent" }, permission, carries: reaches, declinedCarries: declinedReaches, signal: null, now });
                return reason === "use-changed" ? "elsewhere" : reason === "refused" ? "refused" : partOfState[permission.state];
              }),
            );

          const report = await showReport(reader, "use", key, null, daily);
          expect(report.people).toBe(24);
          expect(report.versions.map((one) => one.version)).toEqual(versions.map((_, index) => live - index));
          for (const one of report.versions) {
            expect(one.standing, `version ${one.version}`).toEqual(expected(one.version));
            expect(one.answers).toBe(rows.filter((row) => (row.declined ?? row.version) === one.version).length);
          }
          expect(report.live?.standing).toEqual(expected(live));

          const perDay = report.course.points.map(({ yes, no, back }) => [yes, no, back]);
          const today = new Date(report.course.points.at(-1)?.day ?? "");
          const wanted = report.course.points.map(({ day }) => {
            const on = histories.filter(({ daysAgo }) => new Date(today.getTime() - daysAgo * 86_400_000).toISOString().slice(0, 10) === day).map((one) => (declinedOf(one, versions.length) === null ? permissionStates[one.state] : "refused"));
            return [on.filter((state) => state === "granted").length, on.filter((state) => state === "refused").length, on.filter((state) => state === "withdrawn" || state === "objected").length];
          });
          expect(perDay).toEqual(wanted);
          const total = await showReport(reader, "use", key, null, { days: 30, course: "total" });
          const last = total.course.points.at(-1);
          expect((last?.yes ?? 0) + (last?.no ?? 0) + (last?.back ?? 0)).toBe(histories.length);
        },
      ),
      {
        numRuns: 25,
        // Somebody keeps the first deal, and their no to the second reaches the third.
        examples: [[["consent", "consent", "consent"], [[2, 3]], [{ person: 0, state: 0, version: 0, daysAgo: 0, beside: 1 }]]],
      },
    );
  });
});

describe("a report about a policy", () => {
  it("counts what the domain says about each person, for any history", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 3 }), fc.array(given, { maxLength: 50 }), async (editorial, histories) => {
        const key = `policy-${(made += 1)}`;
        const askedSince = await publishedPolicy(key, [false, ...editorial]);
        const live = askedSince.length;
        const id = (await owner.query<{ id: string }>("SELECT id FROM policy WHERE key = $1", [key])).rows[0]?.id ?? "";
        await answer("acceptance", id, histories, acceptanceStates, live);
        const { rows } = await owner.query<{ state: "accepted" | "acknowledged" | "refused" | null; version: number | null }>(
          "SELECT a.state, a.version FROM person s LEFT JOIN acceptance a ON a.person_id = s.id AND a.policy_id = $1",
          [id],
        );
        const expected = tallyUp(
          rows.map(({ state, version }) => {
            const due = isPolicyDue({ number: live, askedSince: askedSince[live - 1] ?? 1 }, version);
            if (due !== null) return due === "never-asked" ? "neverAsked" : "due";
            return state === "refused" ? "refused" : "accepted";
          }),
        );
        const report = await showReport(reader, "policy", key, null, daily);
        expect(report.live?.standing).toEqual(expected);
        for (const { standing } of report.versions) expect(Object.values(standing).reduce((sum, one) => sum + one, 0)).toBe(24);
      }),
      { numRuns: 20 },
    );
  });
});

/** A policy with these versions, the last in force; gives back each one's `asked_since`. */
async function publishedPolicy(key: string, editorial: readonly boolean[]): Promise<number[]> {
  await anyEntry(owner);
  const id = randomUUID();
  await owner.query("INSERT INTO policy (id, key, title, audience) VALUES ($1, $2, $2, 'customers')", [id, key]);
  const askedSince: number[] = [];
  for (const [index, only] of editorial.entries()) {
    askedSince.push(only ? (askedSince.at(-1) ?? 1) : index + 1);
    await owner.query(
      `INSERT INTO policy_version (policy_id, number, editorial, asked_since, author_ids, published_at, published_by_id, in_force_from, digest, entry_index, replaces_id)
       SELECT $1, $2, $3, $4, '{}', m, gen_random_uuid(), m, '\\x00', $5, (SELECT id FROM policy_version WHERE policy_id = $1 AND number = $2 - 1)
         FROM (SELECT now() - make_interval(days => 10 - $2) AS m) moment`,
      [id, index + 1, only, askedSince.at(-1), (entries += 1)],
    );
  }
  return askedSince;
}

describe("re-asks", () => {
  it("names every change in force once, with as many due as its report has, page by page", async () => {
    await rewritePublications();
    const seen = [];
    let before: number | null = null;
    do {
      const page: Awaited<ReturnType<typeof showReAsks>> = await showReAsks(reader, before);
      seen.push(...page.items);
      before = page.next;
    } while (before !== null && seen.length < 500);
    const name = ({ kind, key }: { kind: string; key: string }) => `${kind}:${key}`;
    expect(new Set(seen.map(name)).size).toBe(seen.length);
    for (const item of seen) {
      const { live, versions } = await showReport(reader, item.kind, item.key, null, daily);
      expect(item.due, name(item)).toBe(live?.standing.due);
      if (item.kind === "use") expect(item.answered, name(item)).toBe(versions[0]?.answers);
      expect(item.due + item.answered + item.carried.reduce((sum, one) => sum + one.people, 0)).toBe(24 - (live?.standing.neverAsked ?? 0));
    }
    const { rows } = await owner.query<{ name: string }>(
      `SELECT 'use:' || u.key AS name FROM data_use u JOIN data_use_version v ON v.use_id = u.id AND v.published_at IS NOT NULL
        GROUP BY u.key HAVING count(*) > 1 AND (array_agg(v.legal_basis ORDER BY v.number DESC))[1] = 'consent'
       UNION ALL
       SELECT 'policy:' || p.key FROM policy p JOIN policy_version v ON v.policy_id = p.id GROUP BY p.key HAVING max(v.asked_since) > 1`,
    );
    expect(new Set(seen.map(name))).toEqual(new Set(rows.map((row) => row.name)));
    expect(seen.some((item) => item.asked.some((earlier) => earlier.changes.some((change) => change.sentence === `kept ${earlier.version} → ${item.version} months: wider`)))).toBe(true);
  });
});

/** Gives every published version terms, kept as many months as its number, and an entry of its own, as real publishing does. */
async function rewritePublications(): Promise<void> {
  const superuser = new pg.Client({ connectionString: test.superuserUrl });
  await superuser.connect();
  try {
    await superuser.query("SET session_replication_role = replica");
    const { rows } = await superuser.query<{ id: string; number: number }>("SELECT id, number FROM data_use_version");
    for (const { id, number } of rows) {
      const terms = { ...emptyTerms, retention: { kind: "period", count: number, unit: "months" } };
      await superuser.query("UPDATE data_use_version SET terms = $2, entry_index = $3 WHERE id = $1", [id, terms, (entries += 1)]);
    }
  } finally {
    await superuser.end();
  }
}

describe("reports", () => {
  it("list everything in force, page by page, without repeats", async () => {
    const keys: string[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listReports>> = await listReports(reader, "use", after);
      keys.push(...page.rows.map((row) => row.key));
      after = page.next;
    } while (after !== null);
    const { rows } = await owner.query<{ key: string }>("SELECT key FROM data_use");
    expect(keys.length).toBe(rows.length);
    expect(new Set(keys)).toEqual(new Set(rows.map((row) => row.key)));
  });

  it("are not found for what is not there, and not shown to anybody outside", async () => {
    await expect(showReport(reader, "use", "no-such-use", null, daily)).rejects.toMatchObject({ code: "not-found" });
    await expect(listReports({ kind: "anyone" }, "use", null)).rejects.toMatchObject({ code: "signed-out" });
  });
});
