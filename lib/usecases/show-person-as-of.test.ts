import { randomUUID } from "node:crypto";
import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/e2e/support/test-database";
import type { AsOfView } from "@/lib/contract/as-of";
import { closeDatabase, database } from "@/lib/data/client";
import { databaseNow } from "@/lib/data/clock";
import { toHex } from "@/lib/data/digest";
import { isSuppressed } from "@/lib/data/forgetting";
import { inStory } from "@/lib/data/ledger/write";
import type { StaffActor } from "@/lib/domain/actor";
import { decide as decideFrom, permissionStates } from "@/lib/domain/decision";
import { inForceAt } from "@/lib/domain/policy";
import { legalBases } from "@/lib/domain/terms";
import { answerQuestions } from "@/lib/usecases/answer-questions";
import { askQuestionsAgain } from "@/lib/usecases/ask-questions-again";
import { askableUse, kept, newPerson, newStaff, publishTerms, publishWording, refusalOf } from "@/lib/usecases/ask-questions.fixture";
import { decideMany } from "@/lib/usecases/decide";
import { showPersonAsOf } from "@/lib/usecases/show-person-as-of";
import { happen, happening, newWorld, type Happening, type Person, type World } from "@/lib/usecases/show-person-as-of.fixture";
import { withdrawPermission } from "@/lib/usecases/withdraw-permission";

const minute = 60_000;
let base: TestDatabase;
let owner: pg.Pool;
let reader: StaffActor;
/** Stories are told one after the other, long enough ago that none reaches into the present. */
let clock = Date.now() - 250 * 24 * 60 * minute;
const next = (minutes = 1): Date => new Date((clock += minutes * minute));

beforeAll(async () => {
  base = await openTestDatabase();
  owner = new pg.Pool({ connectionString: base.superuserUrl, max: 2 });
  reader = await newStaff("compliance");
});
afterAll(async () => {
  await owner.end();
  await closeDatabase();
  await base.drop();
});

type Told = Extract<AsOfView, { status: "told" }>;

async function asOf(person: string, at: Date): Promise<Told> {
  const view = await showPersonAsOf(reader, { person, at });
  if (view.status !== "told") throw new Error(`expected a tale of ${at.toISOString()}, got ${view.status}`);
  return view;
}

/** What the live tables say of one world. */
async function tablesOf(world: World) {
  const ofUses = { use: { key: { in: [...world.uses] } } };
  const ofPolicies = { policy: { key: { in: [...world.policies] } } };
  const [uses, coverage, policies, permissions, acceptances, forgotten, leftAlone] = await Promise.all([
    database().dataUseVersion.findMany({ where: { ...ofUses, publishedAt: { not: null } }, orderBy: { number: "asc" }, select: { number: true, legalBasis: true, use: { select: { key: true } } } }),
    database().versionCoverage.findMany({ where: { ...ofUses, carries: true }, select: { answered: true, requested: true, use: { select: { key: true } } } }),
    database().policyVersion.findMany({ where: { ...ofPolicies, publishedAt: { not: null }, cancelledAt: null }, select: { number: true, inForceFrom: true, policy: { select: { key: true } } } }),
    database().permission.findMany({ where: ofUses, include: { use: { select: { key: true } } } }),
    database().acceptance.findMany({ where: ofPolicies, include: { policy: { select: { key: true } } } }),
    database().person.findMany({ where: { id: { in: world.people.map(({ id }) => id) }, forgottenAt: { not: null } }, select: { id: true, forgottenAt: true } }),
    Promise.all(world.people.map(async ({ id, ref }) => ((await isSuppressed(database(), "ref", ref)) ? [id] : []))),
  ]);
  return { uses, coverage, policies, permissions, acceptances, forgotten, leftAlone: leftAlone.flat() };
}
type Tables = Awaited<ReturnType<typeof tablesOf>>;
const nothing: Tables = { uses: [], coverage: [], policies: [], permissions: [], acceptances: [], forgotten: [], leftAlone: [] };

type Row = { state: string; version: number; answeredAt: Date; entryIndex: bigint; channel: string; shown: Uint8Array | null };
const answerIn = ({ state, version, answeredAt, entryIndex, channel, shown }: Row) => ({ state, version, at: answeredAt, index: Number(entryIndex), channel, ...(shown ? { words: { index: Number(entryIndex), digest: toHex(shown) } } : {}) });

/** What a person's page as of an instant must say where the tables were these. */
function expected(world: World, tables: Tables, person: Person, at: Date) {
  const forgotten = tables.forgotten.find(({ id }) => id === person.id);
  return {
    forgotten: forgotten ? { at: forgotten.forgottenAt, suppressed: tables.leftAlone.includes(person.id) } : null,
    uses: world.uses.flatMap((key) => {
      const versions = tables.uses.filter((one) => one.use.key === key).map(({ number, legalBasis }) => ({ version: number, basis: legalBases.find((basis) => basis === legalBasis)! }));
      const live = versions.at(-1);
      const row = tables.permissions.find((one) => one.personId === person.id && one.use.key === key);
      if (!live) return [];
      const answered = row ? { state: permissionStates.find((state) => state === row.state)!, version: row.version, expiresAt: row.expiresAt } : null;
      const decisions = versions.map((requested) => {
        const objects = tables.leftAlone.includes(person.id) && requested.basis === "legitimate-interests";
        const permission = objects ? { state: "objected" as const, version: requested.version, expiresAt: null } : answered;
        const carries = permission?.version === requested.version || tables.coverage.some((one) => one.use.key === key && one.answered === permission?.version && one.requested === requested.version);
        return { version: requested.version, ...decideFrom({ requested, live, permission, carries, signal: null, now: at }) };
      });
      return [{ use: key, ...decisions.at(-1)!, answer: row ? { ...answerIn(row), expiresAt: row.expiresAt } : null, versions: decisions }];
    }),
    policies: world.policies.flatMap((key) => {
      const live = inForceAt(tables.policies.flatMap((one) => (one.policy.key === key && one.inForceFrom ? [{ state: "published" as const, number: one.number, inForceFrom: one.inForceFrom }] : [])), at);
      const row = tables.acceptances.find((one) => one.personId === person.id && one.policy.key === key);
      return live ? [{ policy: key, version: live.number, inForceFrom: live.inForceFrom, answer: row ? answerIn(row) : null }] : [];
    }),
  };
}

/** The part of what is shown that is about this world, in its order. */
function shownOf(world: World, view: Told) {
  return {
    forgotten: view.forgotten,
    uses: world.uses.flatMap((key) => view.uses.filter(({ use }) => use === key)),
    policies: world.policies.flatMap((key) => view.policies.filter(({ policy }) => policy === key)),
  };
}

/** What every history begins with, so that there is something to answer to. */
const opening: readonly Happening[] = [
  { what: "terms", after: 1, use: 0, months: 12, basis: "consent", reask: "wider" },
  { what: "terms", after: 1, use: 1, months: 12, basis: "legitimate-interests", reask: "any" },
  { what: "text", after: 1, policy: 0, later: "now" },
  { what: "text", after: 1, policy: 1, later: "now" },
];

describe("random histories", () => {
  test("are told at every instant as the live tables had it then, and now as programs are answered", { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.noBias(fc.array(fc.tuple(happening, fc.nat(99)), { minLength: 20, maxLength: 30 })), async (happenings) => {
        const world = await newWorld();
        const before = next();
        const steps: { at: Date; tables: Tables; place: number }[] = [{ at: before, tables: nothing, place: 50 }];
        for (const [one, place] of [...opening.map((one) => [one, 50] as const), ...happenings]) {
          const at = next(one.after);
          await happen(world, one, at);
          steps.push({ at, tables: await tablesOf(world), place });
        }
        const end = next(300);
        for (const [i, { at, tables, place }] of steps.entries()) {
          const until = steps[i + 1]?.at ?? end;
          const between = (hundredths: number) => new Date(at.getTime() + Math.floor(((until.getTime() - at.getTime()) * hundredths) / 100));
          for (const instant of [at, between(place), new Date(until.getTime() - 1)]) {
            for (const person of world.people) {
              // Before the first entry of all there is nothing to tell.
              const view = await showPersonAsOf(reader, { person: person.id, at: instant });
              if (view.status === "told") expect(shownOf(world, view), `after ${i} steps`).toMatchObject(expected(world, tables, person, instant));
              else expect([view.status, tables]).toEqual(["before-the-ledger", nothing]);
            }
          }
        }
        await expectLive(world);
      }),
      { numRuns: 6, seed: 21, endOnFailure: true },
    );
  });
});

/** Now: the live tables, and what programs are told. */
async function expectLive(world: World): Promise<void> {
  const [tables, now] = [await tablesOf(world), await databaseNow(database())];
  for (const person of world.people) {
    const view = await asOf(person.id, now);
    const shown = shownOf(world, view);
    expect(shown).toMatchObject(expected(world, tables, person, now));
    const questions = shown.uses.flatMap(({ use, versions }) => [{ person: person.ref, use }, ...versions.map(({ version }) => ({ person: person.ref, use, version }))]);
    // One by one, as a program that uses somebody's data asks.
    const told = await Promise.all(questions.map(async (question) => (await decideMany({ kind: "program", keyId: randomUUID(), scopes: ["decide"], person: null }, [question]))[0]));
    const replayed = shown.uses.flatMap(({ allowed, reason, version, versions }) => [{ allowed, reason, version }, ...versions]);
    expect(replayed).toEqual(told.map((one) => ({ allowed: one?.allowed, reason: one?.reason, version: one?.version })));
  }
}

describe("the words they saw", () => {
  test("are those of that answer, whatever was asked since; a withdrawal shows what it took back", async () => {
    const person = await newPerson();
    const key = await inStory(next(), () => askableUse(kept(12)));
    const answer = async (given: "granted" | "refused") => {
      const { token } = await askQuestionsAgain(person, { kind: "permission", key });
      await answerQuestions(person, { answers: [{ token, answer: given }], requestId: randomUUID() });
    };
    const yes = next();
    await inStory(yes, () => answer("granted"));
    await inStory(next(), () => publishTerms(key, kept(24)));
    await publishWording(key, "May we still?");
    const changed = next();
    const back = next();
    await inStory(back, () => withdrawPermission(person, { use: key, requestId: randomUUID() }));
    const again = next();
    await inStory(again, () => answer("granted"));

    const at = async (instant: Date) => (await asOf(person.id, instant)).uses.find(({ use }) => use === key);
    const first = await at(yes);
    expect(first).toMatchObject({ allowed: true, version: 1, answer: { words: { content: { question: "May we?", version: 1 } } } });
    expect(await at(changed)).toMatchObject({ allowed: false, reason: "use-changed", version: 2, versions: [{ version: 1, allowed: true }, { version: 2, allowed: false }], answer: first?.answer });
    expect(await at(back)).toMatchObject({ allowed: false, reason: "withdrawn", answer: { version: 1, words: first?.answer?.words } });
    expect(await at(again)).toMatchObject({ allowed: true, reason: "granted", answer: { version: 2, words: { content: { question: "May we still?", version: 2 } } } });
  });

  test("are not shown where what is kept no longer has the digest that the entry names", async () => {
    const person = await newPerson();
    const at = next();
    const key = await inStory(at, async () => {
      const key = await askableUse();
      const { token } = await askQuestionsAgain(person, { kind: "permission", key });
      await answerQuestions(person, { answers: [{ token, answer: "granted" }], requestId: randomUUID() });
      return key;
    });
    const kept = async () => (await asOf(person.id, at)).uses.find(({ use }) => use === key)?.answer?.words;
    expect((await kept())?.content).not.toBeNull();
    const { rows } = await owner.query<{ name: string }>("SELECT tgname AS name FROM pg_trigger WHERE tgrelid = 'shown_content'::regclass AND NOT tgisinternal");
    for (const { name } of rows) await owner.query(`ALTER TABLE shown_content DISABLE TRIGGER ${name}`);
    await owner.query("UPDATE shown_content SET body = replace(body, 'May we?', 'May we sell it?') WHERE body LIKE '%' || $1 || '%'", [key]);
    for (const { name } of rows) await owner.query(`ALTER TABLE shown_content ENABLE TRIGGER ${name}`);
    expect(await kept()).toMatchObject({ content: null });
  });
});

describe("which instants", () => {
  test("before the ledger and after now are said to be so, and no instant tells nothing", async () => {
    const person = await newPerson();
    await inStory(next(), () => askableUse());
    const { recordedAt: began } = await database().ledgerEntry.findFirstOrThrow({ orderBy: { index: "asc" } });
    const status = async (at: Date | null) => (await showPersonAsOf(reader, { person: person.id, at })).status;
    expect(await status(null)).toBe("none");
    expect(await status(new Date(began.getTime() - 1))).toBe("before-the-ledger");
    expect(await status(began)).toBe("told");
    expect(await status(new Date(Date.now() + 60 * minute))).toBe("to-come");
  });

  test("of nobody there is none", async () => {
    for (const person of [randomUUID(), "nobody"]) expect((await refusalOf(showPersonAsOf(reader, { person, at: new Date() }))).code).toBe("not-found");
  });
});
