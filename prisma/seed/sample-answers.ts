import { randomUUID } from "node:crypto";
import { Prisma } from "@/lib/data/prisma-client/client";
import { database, type Tx } from "@/lib/data/client";
import { fromHex, toHex } from "@/lib/data/digest";
import { inStory, writeToLedger } from "@/lib/data/ledger/write";
import { insertPersons } from "@/lib/data/persons";
import { readAsked, readPolicyStandings, readUseStandings } from "@/lib/data/questions";
import { keyedHash } from "@/lib/data/seal";
import { keptForm, type Kept } from "@/lib/data/shown-content";
import { carries } from "@/lib/domain/decision";
import type { Fact } from "@/lib/domain/entry";
import { permissionQuestion, policyQuestion, type Drafted } from "@/lib/usecases/ask-questions-content";
import { seeded, type SamplePerson } from "./sample-people";
import type { SamplePolicy } from "./sample-policies";
import type { SampleUse } from "./sample-uses";

type State = "granted" | "refused" | "withdrawn" | "objected" | "accepted" | "acknowledged";
type Stand = { state: State; version: number };
/** `pace` is how many days pass between visits, more or less. */
export type Customer = { readonly id: string; readonly identity: string | null; readonly locale: string; readonly stands: Map<string, Stand>; readonly pace: number; nextVisit: number };
/** What is out there at a moment: the live version of each use, and of each policy that asks. */
export type Published = { readonly uses: ReadonlyMap<SampleUse, number>; readonly policies: ReadonlyMap<SamplePolicy, number> };

const random = seeded(42);
const day = 86_400_000;
const chance = (percent: number) => random() * 100 < percent;

/** Adds people as of when they joined. */
export async function welcome(people: readonly SamplePerson[]): Promise<Customer[]> {
  if (people.length === 0) return [];
  await insertPersons(people);
  const hashes = people.map((person) => keyedHash("ref", person.ref));
  const rows = await database().person.findMany({ where: { refHash: { in: hashes } }, select: { id: true, refHash: true, commitment: true } });
  const found = new Map(rows.map((row) => [row.refHash ? toHex(row.refHash) : "", row]));
  const joined = people.map((person, i) => {
    const row = found.get(toHex(hashes[i]!));
    return { id: row?.id ?? "", identity: row?.commitment ? toHex(row.commitment) : null, person };
  });
  await database().$executeRaw`
    UPDATE person p SET created_at = j.at FROM unnest(${joined.map((one) => one.id)}::uuid[], ${joined.map((one) => one.person.joined)}::timestamptz[]) j (id, at)
     WHERE p.id = j.id`;
  return joined.map(({ id, identity, person }) => ({ id, identity, locale: person.locale, stands: new Map(), pace: 30 + random() ** 2 * 500, nextVisit: person.joined.getTime() }));
}

type Given = { customer: Customer; kind: "use" | "policy"; key: string; version: number; state: State; before: Stand | null };

/** What those who come by until `until` answer; their next visits are weeks or months later. */
export function visits(customers: readonly Customer[], published: Published, until: number): Given[] {
  const given: Given[] = [];
  for (const customer of customers) {
    if (customer.nextVisit > until) continue;
    customer.nextVisit = until + customer.pace * (0.5 + random()) * day;
    for (const [policy, version] of published.policies) given.push(...answerPolicy(customer, policy, version));
    for (const [use, version] of published.uses) given.push(...answerUse(customer, use, version));
  }
  return given;
}

function give(customer: Customer, kind: Given["kind"], key: string, version: number, state: State): Given {
  const place = `${kind}:${key}`;
  const before = customer.stands.get(place) ?? null;
  customer.stands.set(place, { state, version });
  return { customer, kind, key, version, state, before };
}

function answerPolicy(customer: Customer, policy: SamplePolicy, live: number): Given[] {
  const stand = customer.stands.get(`policy:${policy.key}`);
  if (stand && stand.version >= askedSince(policy, live)) return [];
  // Fewer go on tours than shop.
  if (!chance(policy.asks === "accept" ? 80 : 45)) return [];
  const state = policy.asks === "acknowledge" ? "acknowledged" : chance(96) ? "accepted" : "refused";
  return [give(customer, "policy", policy.key, live, state)];
}

function askedSince(policy: SamplePolicy, live: number): number {
  for (let number = live; number > 1; number--) if (!policy.versions[number - 1]?.editorial) return number;
  return 1;
}

function answerUse(customer: Customer, use: SampleUse, live: number): Given[] {
  const stand = customer.stands.get(`use:${use.key}`);
  const habit = use.answers[live - 1] ?? { reach: 0, yes: 0 };
  const terms = use.versions[live - 1]?.terms;
  if (terms?.legalBasis === "legitimate-interests") {
    return stand || !chance(habit.reach) ? [] : [give(customer, "use", use.key, live, "objected")];
  }
  if (stand?.state === "granted" && chance(2)) return [give(customer, "use", use.key, stand.version, "withdrawn")];
  if (stand && reaches(use, stand.version, live)) return [];
  if (!chance(habit.reach)) return [];
  // Who said yes once mostly does again, and a no stays a no more often than not.
  const lean = stand?.state === "granted" ? 8 : stand ? -35 : 0;
  return [give(customer, "use", use.key, live, chance(habit.yes + lean) ? "granted" : "refused")];
}

function reaches(use: SampleUse, answered: number, live: number): boolean {
  const [from, to] = [use.versions[answered - 1]?.terms, use.versions[live - 1]?.terms];
  return from !== undefined && to !== undefined && carries(from, to, "any", { answeredVersion: answered, requestedVersion: live });
}

const channels = ["host", "mail", "host"] as const;

/** Writes answers that came in through the shop's key as one batch of the ledger, each bound to the question as it was shown. */
export async function recordAnswers(shop: string, at: Date, given: readonly Given[]): Promise<void> {
  if (given.length === 0) return;
  await inStory(at, () =>
    writeToLedger(
      { key: shop },
      randomUUID(),
      async ({ tx, now, append }) => {
        const shown = await questionsShown(tx, given);
        const rows = given.map((one, i) => {
          const kept = one.state === "withdrawn" || one.state === "objected" ? null : (shown.get(nameOf(one)) ?? null);
          const channel = channels[i % channels.length] ?? "host";
          const { index } = append(factOf(one, kept, channel));
          return { ...one, kept, channel, index };
        });
        await saveStands(tx, rows.filter((row) => row.kind === "use"), now, Prisma.sql`permission`, Prisma.sql`use_id`, Prisma.sql`data_use`);
        await saveStands(tx, rows.filter((row) => row.kind === "policy"), now, Prisma.sql`acceptance`, Prisma.sql`policy_id`, Prisma.sql`policy`);
        await tx.serving.createMany({
          data: rows.flatMap((row) => (row.kept ? [{ personId: row.customer.id, shown: row.kept.digest, channel: row.channel, servedAt: now }] : [])),
          skipDuplicates: true,
        });
      },
      async () => undefined,
    ),
  );
}

function factOf(one: Given, kept: Kept | null, channel: string): Fact {
  const common = { v: 3, person: one.customer.id, version: one.version, channel, identity: one.customer.identity } as const;
  const { state } = one;
  if (state === "accepted" || state === "acknowledged") {
    return { kind: "policy-answered", policy: one.key, answer: state, shown: kept ? toHex(kept.digest) : "", ...common };
  }
  if (one.kind === "policy") return { kind: "policy-answered", policy: one.key, answer: "refused", shown: kept ? toHex(kept.digest) : "", ...common };
  return { kind: "permission-answered", use: one.key, answer: state, shown: kept ? toHex(kept.digest) : null, expiresAt: null, ...common };
}

type Row = Given & { kept: Kept | null; channel: string; index: bigint };

async function saveStands(tx: Tx, rows: readonly Row[], now: Date, table: Prisma.Sql, column: Prisma.Sql, of: Prisma.Sql): Promise<void> {
  if (rows.length === 0) return;
  const values = JSON.stringify(
    rows.map((row) => ({ person: row.customer.id, key: row.key, state: row.state, version: row.version, channel: row.channel, shown: row.kept && toHex(row.kept.digest), index: String(row.index) })),
  );
  await tx.$executeRaw`
    INSERT INTO ${table} (person_id, ${column}, state, version, answered_at, channel, shown, entry_index)
    SELECT g.person, o.id, g.state, g.version, ${now}::timestamptz, g.channel, decode(g.shown, 'hex'), g.index
      FROM jsonb_to_recordset(${values}::jsonb) g (person uuid, key text, state text, version int, channel text, shown text, index bigint)
      JOIN ${of} o ON o.key = g.key
    ON CONFLICT (person_id, ${column}) DO UPDATE SET state = excluded.state, version = excluded.version, answered_at = excluded.answered_at,
      channel = excluded.channel, shown = excluded.shown, entry_index = excluded.entry_index`;
}

/** Two people who were shown the same saw the same bytes: the place, the language, and what they had answered before. */
const nameOf = (one: Given) => `${one.kind}:${one.key} ${one.version} ${one.customer.locale} ${one.before ? `${one.before.state} ${one.before.version}` : ""}`;
const known = new Map<string, Kept>();

/** The questions these answers were given to, made by the same code that serves them, and kept once each. */
async function questionsShown(tx: Tx, given: readonly Given[]): Promise<Map<string, Kept>> {
  const fresh = given.filter((one) => !known.has(nameOf(one)) && one.state !== "withdrawn" && one.state !== "objected");
  for (const one of new Map(fresh.map((each) => [nameOf(each), each])).values()) {
    const question = await questionFor(tx, one);
    if (!question) throw new Error(`nothing could be asked about ${one.key}`);
    known.set(nameOf(one), keptForm(question.content));
  }
  const bodies = [...new Set(fresh.map(nameOf))].flatMap((name) => known.get(name) ?? []);
  await tx.shownContent.createMany({ data: bodies.map((kept) => ({ digest: fromHex(toHex(kept.digest)), body: kept.body })), skipDuplicates: true });
  return known;
}

async function questionFor(tx: Tx, one: Given): Promise<Drafted | null> {
  const asked = await readAsked(tx, one.customer.id);
  if (!asked) return null;
  const reason = one.before ? (one.kind === "use" ? "use-changed" : "new-version") : "never-asked";
  if (one.kind === "policy") {
    const standing = (await readPolicyStandings(tx, one.customer.id)).find((each) => each.key === one.key);
    return standing ? policyQuestion(asked, standing, reason) : null;
  }
  const standing = (await readUseStandings(tx, one.customer.id)).find((each) => each.key === one.key);
  return standing ? permissionQuestion(asked, standing, reason) : null;
}
