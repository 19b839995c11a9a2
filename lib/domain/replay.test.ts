import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { covers } from "./compare-terms";
import { carries, decide, permissionStates, type Permission, type Reask } from "./decision";
import type { Entry, Fact } from "./entry";
import { inForceAt } from "./policy";
import { decisionAt, policiesAt, standingsOf, usesAt } from "./replay";
import type { Terms } from "./terms";

const start = Date.parse("2026-01-01T00:00:00.000Z");
const moment = (tick: number) => new Date(start + tick * 1000);
const digest = "ab".repeat(32);
const terms = (months: number, legalBasis: Terms["legalBasis"]): Terms => ({
  categories: ["user.contact"],
  purpose: "personalize",
  recipients: [],
  retention: { kind: "period", count: months, unit: "months" },
  legalBasis,
  places: [],
  sources: ["told"],
  sharing: "none",
  automation: "none",
  benefits: [],
});

const runs = { numRuns: 60, seed: 3 };

/** What may happen; `tick` is how many seconds pass before it. */
const ticking = { tick: fc.nat(3) };
const people = ["ada", "ben"] as const;
/** One person and one use more than the others, so that much happens to the same. */
const person = fc.constantFrom("ada" as const, "ada" as const, "ada" as const, "ben" as const);
const use = fc.constantFrom("bikes", "bikes", "bikes", "boots");
const policy = fc.constantFrom("privacy", "tours");
const happening = fc.oneof(
  { weight: 5, arbitrary: fc.record({ ...ticking, what: fc.constant("use"), use, months: fc.integer({ min: 1, max: 3 }), basis: fc.constantFrom("consent" as const, "consent" as const, "legitimate-interests" as const, "contract" as const), reask: fc.constantFrom<Reask>("any", "wider") }) },
  { weight: 3, arbitrary: fc.record({ ...ticking, what: fc.constant("policy"), policy, later: fc.nat(6), history: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ ...ticking, what: fc.constant("cancel"), policy }) },
  { weight: 14, arbitrary: fc.record({ ...ticking, what: fc.constant("answer"), person, use, answer: fc.constantFrom(...permissionStates, "granted" as const, "granted" as const, "kept" as const, "kept" as const, "kept" as const), shown: fc.boolean(), lasts: fc.option(fc.nat(20), { freq: 1 }), once: fc.boolean(), imported: fc.integer({ min: 0, max: 5 }).map((one) => one === 0) }) },
  { weight: 4, arbitrary: fc.record({ ...ticking, what: fc.constant("decide"), who: person, about: use }) },
  { weight: 2, arbitrary: fc.record({ ...ticking, what: fc.constant("agree"), person, policy }) },
  { weight: 1, arbitrary: fc.record({ ...ticking, what: fc.constant("forget"), person, often: fc.nat(2), suppressed: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ ...ticking, what: fc.constant("other") }) },
);
type Happening = typeof happening extends fc.Arbitrary<infer H> ? H : never;

type Version = { state: "published"; number: number; inForceFrom: Date };
type Row = Permission & { index: number; shown: string | null; declined: number | null; once: boolean; usedAt: Date | null; imported: boolean };
type Tables = {
  uses: Record<string, { number: number; terms: Terms }[]>;
  coverage: Record<string, boolean>;
  policies: Record<string, Version[]>;
  permissions: Record<string, Row>;
  acceptances: Record<string, { version: number; index: number }>;
  forgotten: string[];
  suppressed: string[];
};

/** Lives through what happens as the application does, with tables beside the entries, and keeps a copy of them after each step. */
function live(happenings: readonly Happening[]): { entries: Entry[]; steps: { at: Date; tables: Tables }[]; end: number } {
  const tables: Tables = { uses: {}, coverage: {}, policies: {}, permissions: {}, acceptances: {}, forgotten: [], suppressed: [] };
  const entries: Entry[] = [];
  const steps: { at: Date; tables: Tables }[] = [];
  let now = 0;
  const append = (fact: Fact): number => entries.push({ ...fact, index: entries.length, at: moment(now).toISOString(), previous: digest, by: { house: true } }) - 1;
  for (const one of happenings) {
    now += one.tick;
    happen(one, tables, append, now);
    steps.push({ at: moment(now), tables: structuredClone(tables) });
  }
  return { entries, steps, end: now };
}

function happen(one: Happening, tables: Tables, append: (fact: Fact) => number, now: number): void {
  const common = { authors: [], twoPairsOfEyes: true, digest } as const;
  if ("months" in one) {
    const earlier = (tables.uses[one.use] ??= []);
    const made = { number: earlier.length + 1, terms: terms(one.months, one.basis) };
    const reach = (from: typeof made, to: typeof made) =>
      (tables.coverage[`${one.use} ${from.number} ${to.number}`] = carries(from.terms, to.terms, one.reask, { answeredVersion: from.number, requestedVersion: to.number }));
    const carriedFrom = earlier.filter((before) => reach(before, made)).map(({ number }) => number);
    for (const before of earlier) reach(made, before);
    append({ kind: "use-published", v: 1, use: one.use, version: made.number, replaces: earlier.at(-1)?.number ?? null, legalBasis: one.basis, reask: one.reask, carriedFrom, ...common });
    earlier.push(made);
  } else if ("later" in one) {
    const versions = (tables.policies[one.policy] ??= []);
    const next = (versions.at(-1)?.number ?? 0) + 1;
    const history = one.history ? [{ number: next, digest, inForceFrom: moment(-1000 * next).toISOString() }] : [];
    const made: Version = { state: "published", number: next + history.length, inForceFrom: moment(now + one.later) };
    append({ kind: "policy-published", v: 1, policy: one.policy, version: made.number, replaces: null, texts: {}, inForceFrom: made.inForceFrom.toISOString(), editorial: false, history, ...common });
    versions.push(...history.map(({ number, inForceFrom }): Version => ({ state: "published", number, inForceFrom: new Date(inForceFrom) })), made);
  } else if (one.what === "cancel") {
    const last = tables.policies[one.policy]?.at(-1);
    if (!last || last.inForceFrom <= moment(now)) return;
    append({ kind: "policy-cancelled", v: 1, policy: one.policy, version: last.number });
    tables.policies[one.policy]?.pop();
  } else if ("answer" in one) {
    const version = tables.uses[one.use]?.length ?? 0;
    if (version === 0 || tables.forgotten.includes(one.person)) return;
    const place = `${one.person} ${one.use}`;
    const stood = tables.permissions[place];
    const shown = one.shown && !one.imported ? digest : null;
    const fact = { kind: "permission-answered", v: 3, person: one.person, use: one.use, shown, channel: "host", identity: null } as const;
    if (one.answer === "kept") {
      if (stood?.state !== "granted" || stood.version === version || stood.imported || stood.usedAt !== null) return;
      const { version: keeps, expiresAt, once } = stood;
      const index = append({ ...fact, answer: "refused", version, keeps, expiresAt: expiresAt?.toISOString() ?? null, ...(once ? { once } : {}) });
      tables.permissions[place] = { ...stood, index, shown, declined: version, usedAt: null };
      return;
    }
    const expiresAt = one.lasts === null ? null : moment(now + one.lasts);
    const once = one.once && one.answer === "granted";
    const declined = one.answer === "withdrawn" ? (stood?.declined ?? null) : null;
    const said = declined === null ? version : (stood?.version ?? version);
    const bounds = { expiresAt: expiresAt?.toISOString() ?? null, ...(once ? { once } : {}), ...(declined === null ? {} : { declined }), ...(one.imported ? { imported: { source: "before", answeredAt: moment(-5).toISOString() } } : {}) };
    const index = append({ ...fact, answer: one.answer, version: said, ...bounds });
    tables.permissions[place] = { state: one.answer, version: said, expiresAt, index, shown, declined, once, usedAt: null, imported: one.imported };
  } else if ("about" in one) {
    const row = tables.permissions[`${one.who} ${one.about}`];
    if (!row?.once || row.usedAt !== null) return;
    append({ kind: "permission-used", v: 1, person: one.who, use: one.about, version: row.version, of: row.index });
    tables.permissions[`${one.who} ${one.about}`] = { ...row, usedAt: moment(now) };
  } else if (one.what === "agree") {
    const version = inForceAt(tables.policies[one.policy] ?? [], moment(now))?.number;
    if (version === undefined || tables.forgotten.includes(one.person)) return;
    const index = append({ kind: "policy-answered", v: 3, person: one.person, policy: one.policy, version, answer: "accepted", shown: digest, channel: "host", identity: null });
    tables.acceptances[`${one.person} ${one.policy}`] = { version, index };
  } else if ("often" in one) {
    if (one.often > 0 || tables.forgotten.includes(one.person)) return;
    append({ kind: "person-forgotten", v: 1, person: one.person, suppressed: one.suppressed, again: false });
    tables.forgotten.push(one.person);
    if (one.suppressed) tables.suppressed.push(one.person);
    for (const table of [tables.permissions, tables.acceptances]) for (const key of Object.keys(table)) if (key.startsWith(one.person)) delete table[key];
  } else append({ kind: "settings-changed", v: 1, changes: {} });
}

const histories = fc.array(happening, { minLength: 25, maxLength: 50, size: "max" }).map(live);
/** Every second of a history, from before it began until after its end, with the tables as they then were. */
function instants({ steps, end }: ReturnType<typeof live>): { at: Date; tables: Tables | undefined }[] {
  return Array.from({ length: end + 10 }, (_, tick) => moment(tick - 1)).map((at) => ({ at, tables: steps.findLast((step) => step.at <= at)?.tables }));
}

const all = <K extends string, V>(map: ReadonlyMap<K, V>): Record<string, V> => Object.fromEntries(map);

describe("replaying entries", { timeout: 60_000 }, () => {
  test("is tried on histories in which everything happens", () => {
    const happened = new Map<string, number>();
    for (const { entries } of fc.sample(histories, runs)) {
      for (const entry of entries) {
        const said = entry.kind === "permission-answered" ? (["keeps", "declined", "once", "imported"] as const).filter((member) => entry[member] !== undefined) : [];
        for (const what of [entry.kind, ...said]) happened.set(what, (happened.get(what) ?? 0) + 1);
      }
    }
    for (const what of ["keeps", "declined", "once", "imported", "permission-used", "person-forgotten"]) expect([what, happened.get(what) ?? 0]).toEqual([what, expect.toSatisfy((times: number) => times > 0)]);
  });

  test("tells at every instant what the tables said at it", () => {
    fc.assert(
      fc.property(histories, (history) => {
        for (const { at, tables } of instants(history)) {
          for (const who of people) {
            const found = standingsOf(history.entries, who, at);
            expect(found.forgotten !== null).toBe(tables?.forgotten.includes(who) ?? false);
            const ofTheirs = <T>(table: Record<string, T> = {}) => Object.entries(table).filter(([key]) => key.startsWith(who)).sort();
            expect([...found.uses].map(([key, { state, version, expiresAt, index, shown, declined, once, usedAt, imported }]) => [`${who} ${key}`, { state, version, expiresAt, index, shown, declined, once, usedAt, imported: imported !== null }]).sort()).toEqual(ofTheirs(tables?.permissions));
            expect([...found.policies].map(([key, { version, index }]) => [`${who} ${key}`, { version, index }]).sort()).toEqual(ofTheirs(tables?.acceptances));
          }
          const inForce = policiesAt(history.entries, at);
          for (const key of ["privacy", "tours"]) {
            const kept = inForceAt(tables?.policies[key] ?? [], at);
            expect(inForce.get(key)).toEqual(kept ? { version: kept.number, inForceFrom: kept.inForceFrom } : undefined);
          }
        }
      }),
      runs,
    );
  });

  test("decides about every version, at every instant, as the tables would have", () => {
    fc.assert(
      fc.property(histories, (history) => {
        for (const { at, tables } of instants(history)) {
          const uses = usesAt(history.entries, at);
          const standings = people.map((who) => ({ who, given: standingsOf(history.entries, who, at) }));
          expect([...uses.keys()].sort()).toEqual(Object.keys(tables?.uses ?? {}).sort());
          for (const [key, then] of uses) {
            const versions = tables?.uses[key] ?? [];
            const live = versions.at(-1);
            expect(then.live.version).toBe(live?.number);
            const termsOf = (number: number) => versions[number - 1]?.terms ?? terms(0, "consent");
            for (const { who, given } of standings) {
              const answered = tables?.permissions[`${who} ${key}`] ?? null;
              for (const { number, terms: { legalBasis: basis } } of versions) {
                const leftAlone = tables?.suppressed.includes(who) === true && basis === "legitimate-interests";
                const permission: Permission | null = leftAlone ? { state: "objected", version: number, expiresAt: null } : answered && { ...answered, spent: answered.usedAt !== null };
                const reaches = (from: number | null) => from !== null && (from === number || tables?.coverage[`${key} ${from} ${number}`] === true);
                const [carried, declinedCarries] = [reaches(permission?.version ?? null), reaches(answered?.declined ?? null)];
                const expected = decide({ requested: { version: number, basis }, live: live ? { version: live.number, basis: live.terms.legalBasis } : null, permission, carries: carried, declinedCarries, signal: null, now: at });
                const requested = then.versions.get(number);
                expect(requested && decisionAt(given, then, requested, at, (a, b) => covers(termsOf(a), termsOf(b)))).toEqual(expected);
              }
            }
            expect(then.versions.size).toBe(versions.length);
          }
        }
      }),
      runs,
    );
  });

  test("needs only the entries up to the instant, the person's own and the publications", () => {
    fc.assert(
      fc.property(histories, fc.integer({ min: 0, max: 70 }), person, ({ entries }, tick, who) => {
        const at = moment(tick);
        const own = entries.filter((entry) => Date.parse(entry.at) <= at.getTime() && (!("person" in entry) || entry.person === who) && entry.kind !== "settings-changed");
        expect(standingsOf(own, who, at)).toEqual(standingsOf(entries, who, at));
        expect(standingsOf(own, who, moment(1_000_000))).toEqual(standingsOf(entries, who, at));
        expect(all(usesAt(own, at))).toEqual(all(usesAt(entries, at)));
        expect(all(policiesAt(own, at))).toEqual(all(policiesAt(entries, at)));
      }),
    );
  });

  test("nothing stands after forgetting, whatever follows", () => {
    fc.assert(
      fc.property(histories, histories, ({ entries, end }, { entries: more }) => {
        const forgotten: Entry = { kind: "person-forgotten", v: 1, person: "ada", suppressed: true, again: false, index: entries.length, at: moment(end).toISOString(), previous: digest, by: { house: true } };
        const later = more.map((entry) => ({ ...entry, at: moment(end + 1).toISOString() }));
        const found = standingsOf([...entries, forgotten, ...later], "ada", moment(end + 1));
        expect(found).toMatchObject({ uses: new Map(), policies: new Map() });
        expect(found.forgotten).not.toBeNull();
      }),
    );
  });

  test("an answer without a question keeps the words of the one it took back", () => {
    const common = { v: 3, person: "ada", use: "bikes", version: 1, channel: "host", expiresAt: null, identity: null, previous: digest, by: { house: true } } as const;
    const yes: Entry = { ...common, kind: "permission-answered", answer: "granted", shown: digest, index: 0, at: moment(0).toISOString() };
    const back: Entry = { ...common, kind: "permission-answered", answer: "withdrawn", shown: null, index: 1, at: moment(1).toISOString() };
    expect(standingsOf([yes, back], "ada", moment(1)).uses.get("bikes")).toMatchObject({ state: "withdrawn", index: 1, shown: null, words: { digest, index: 0 } });
    expect(standingsOf([back], "ada", moment(1)).uses.get("bikes")?.words).toBeNull();
  });
});
