import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareDimension, compareTerms, covers, normaliseTerms, sameTerms, termsKey, type Relation } from "./compare-terms";
import { automations, dimensions, legalBases, sharings, sources, type Dimension, type Retention, type Terms } from "./terms";

/** Small worlds, so that what is generated is often related: equal, one within the other, or crossing. */
const somewhere = <T>(items: readonly T[]) => fc.subarray([...items], { minLength: 0 });
const keys = ["user", "user.contact", "user.contact.email", "user.contacts", "user.device"];
const recipients = [
  { name: "Acme", kind: "partner" },
  { name: "acme ", kind: "partner" },
  { name: "Acme", kind: "processor" },
  { name: "Bolt  Ltd", kind: "partner" },
] as const;
const retention: fc.Arbitrary<Retention> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("period" as const), count: fc.constantFrom(0, 1, 2, 11, 12, 13, 24), unit: fc.constant("months" as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("period" as const),
      count: fc.constantFrom(0, 27, 28, 29, 30, 31, 32, 59, 62, 334, 337, 365, 366, 367, 732),
      unit: fc.constant("days" as const),
    }),
  },
  fc.constantFrom<Retention>({ kind: "relationship" }, { kind: "indefinite" }),
);
const anyTerms: fc.Arbitrary<Terms> = fc.record({
  categories: somewhere(keys),
  purpose: fc.constantFrom("marketing", "marketing.advertising", "marketing.advertising.own", "marketings", "essential"),
  recipients: somewhere(recipients),
  retention,
  legalBasis: fc.constantFrom(...legalBases.slice(0, 2)),
  places: somewhere(["DE", "fr", "US"]),
  sources: somewhere(sources.slice(0, 3)),
  sharing: fc.constantFrom(...sharings),
  automation: fc.constantFrom(...automations),
  benefits: somewhere(["Nobody retypes it.", "Only bikes you like", "Seats kept"]),
});

const asksNoMore = (relation: Relation) => relation === "same" || relation === "narrower";

/** `live` with one dimension taken from elsewhere. */
const swapped = (live: Terms, dimension: Dimension, from: Terms): Terms => ({ ...live, [dimension]: from[dimension] });

/** `upper` with every dimension of `other` that asks no more: covered by construction. */
const within = (upper: Terms, other: Terms): Terms =>
  dimensions.reduce((lower, dimension) => (asksNoMore(compareDimension(dimension, upper, other)) ? swapped(lower, dimension, other) : lower), upper);

/** The same deal, written by somebody else. */
const respelled = (terms: Terms): Terms => ({
  ...terms,
  categories: [...terms.categories, ...terms.categories.map((key) => ` ${key}.further`), ...terms.categories].reverse(),
  purpose: ` ${terms.purpose}`,
  recipients: [...terms.recipients, ...terms.recipients.map(({ name, kind }) => ({ kind, name: ` ${name.toUpperCase()} ` }))].reverse(),
  retention:
    terms.retention.kind === "period" && terms.retention.count === 0
      ? { kind: "period", count: 0, unit: terms.retention.unit === "days" ? "months" : "days" }
      : terms.retention,
  places: terms.places.map((place) => ` ${place.toLowerCase()}`).reverse(),
  sources: [...terms.sources, ...terms.sources].reverse(),
  benefits: [...terms.benefits.map((benefit) => `  ${benefit.replaceAll(" ", "   ")} `), ""].reverse(),
});

const runs = { numRuns: 1000, seed: 7 };

describe("the order of terms", () => {
  test("what is generated hits every relation that a dimension can have", () => {
    const seen = new Map(dimensions.map((dimension) => [dimension, new Set<Relation>()]));
    fc.assert(
      fc.property(anyTerms, anyTerms, (a, b) => {
        for (const { dimension, relation } of compareTerms(a, b)) seen.get(dimension)?.add(relation);
      }),
      runs,
    );
    const possible = (dimension: Dimension): Relation[] => {
      if (dimension === "legalBasis") return ["different", "same"];
      if (dimension === "sharing" || dimension === "automation") return ["narrower", "same", "wider"];
      return ["different", "narrower", "same", "wider"];
    };
    for (const dimension of dimensions) expect([dimension, [...(seen.get(dimension) ?? [])].sort()]).toEqual([dimension, possible(dimension)]);
  });

  test("it is reflexive, however the same deal is spelled", () => {
    fc.assert(
      fc.property(anyTerms, (terms) => {
        expect(new Set(compareTerms(terms, respelled(terms)).map(({ relation }) => relation))).toEqual(new Set(["same"]));
        expect(covers(terms, respelled(terms))).toBe(true);
        expect(termsKey(respelled(terms))).toBe(termsKey(terms));
        expect(normaliseTerms(normaliseTerms(terms))).toEqual(normaliseTerms(terms));
      }),
      runs,
    );
  });

  test("wider is the mirror image of narrower, and same and different of themselves", () => {
    const mirror: Record<Relation, Relation> = { same: "same", narrower: "wider", wider: "narrower", different: "different" };
    fc.assert(
      fc.property(anyTerms, anyTerms, (a, b) => {
        for (const { dimension, relation } of compareTerms(a, b)) expect(compareDimension(dimension, b, a)).toBe(mirror[relation]);
      }),
      runs,
    );
  });

  test("it is transitive in every dimension and as a whole", () => {
    const chains = new Map<Dimension, number>();
    fc.assert(
      fc.property(anyTerms, anyTerms, anyTerms, (a, b, c) => {
        for (const dimension of dimensions) {
          const steps = [compareDimension(dimension, a, b), compareDimension(dimension, b, c)];
          if (!steps.every(asksNoMore)) continue;
          if (steps.includes("narrower")) chains.set(dimension, (chains.get(dimension) ?? 0) + 1);
          const whole = compareDimension(dimension, a, c);
          expect([dimension, whole]).toEqual([dimension, steps.includes("narrower") ? "narrower" : "same"]);
        }
        const lower = within(a, b);
        expect(covers(a, within(lower, c))).toBe(true);
      }),
      { ...runs, numRuns: 3000 },
    );
    for (const dimension of dimensions.filter((dimension) => dimension !== "legalBasis")) expect(chains.get(dimension)).toBeGreaterThan(50);
  });

  test("it is antisymmetric: terms that cover each other are the same deal", () => {
    let mutual = 0;
    fc.assert(
      fc.property(anyTerms, anyTerms, fc.constantFrom(...dimensions), (a, b, dimension) => {
        const other = swapped(respelled(a), dimension, b);
        const both = covers(a, other) && covers(other, a);
        expect(sameTerms(a, other)).toBe(both);
        expect(compareTerms(a, other).every(({ relation }) => relation === "same")).toBe(both);
        if (both) mutual += 1;
      }),
      runs,
    );
    expect(mutual).toBeGreaterThan(50);
    expect(mutual).toBeLessThan(950);
  });

  test.each(dimensions)("covers is monotone in %s", (dimension) => {
    const seen = new Set<boolean>();
    fc.assert(
      fc.property(anyTerms, anyTerms, anyTerms, (answered, other, third) => {
        const live = within(answered, other);
        expect(covers(answered, live)).toBe(true);
        const changed = swapped(live, dimension, third);
        // Nothing but this dimension decides, and asking less in it never loses what was covered.
        expect(covers(answered, changed)).toBe(asksNoMore(compareDimension(dimension, answered, changed)));
        if (asksNoMore(compareDimension(dimension, live, changed))) expect(covers(answered, changed)).toBe(true);
        // An answer to more covers no less.
        const agreedToMore = swapped(answered, dimension, third);
        if (asksNoMore(compareDimension(dimension, agreedToMore, answered))) expect(covers(agreedToMore, live)).toBe(true);
        seen.add(covers(answered, changed));
      }),
      { ...runs, numRuns: 300 },
    );
    expect(seen).toEqual(new Set([true, false]));
  });
});

const plain: Terms = {
  categories: ["user.contact"],
  purpose: "marketing.advertising",
  recipients: [],
  retention: { kind: "period", count: 12, unit: "months" },
  legalBasis: "consent",
  places: ["DE"],
  sources: ["told"],
  sharing: "none",
  automation: "none",
  benefits: ["Only bikes you like"],
};
const kept = (count: number, unit: "days" | "months"): Retention => ({ kind: "period", count, unit });

describe("known answers", () => {
  test.each<[string, Partial<Terms>, Dimension, Relation]>([
    ["a category below", { categories: ["user.contact.email"] }, "categories", "narrower"],
    ["a category above", { categories: ["user"] }, "categories", "wider"],
    ["a category that only begins alike", { categories: ["user.contacts"] }, "categories", "different"],
    ["one category more", { categories: ["user.contact", "user.device"] }, "categories", "wider"],
    ["the purpose above", { purpose: "marketing" }, "purpose", "wider"],
    ["a purpose beside", { purpose: "marketing.communications" }, "purpose", "different"],
    ["a first recipient", { recipients: [{ name: "Acme", kind: "partner" }] }, "recipients", "wider"],
    ["another basis", { legalBasis: "contract" }, "legalBasis", "different"],
    ["one place more", { places: ["US", "DE"] }, "places", "wider"],
    ["another source", { sources: ["observed"] }, "sources", "different"],
    ["sold", { sharing: "sold" }, "sharing", "wider"],
    ["decided automatically", { automation: "decided" }, "automation", "wider"],
    ["one benefit more", { benefits: ["Only bikes you like", "Seats kept"] }, "benefits", "narrower"],
    ["the benefit dropped", { benefits: [] }, "benefits", "wider"],
    ["another benefit", { benefits: ["Seats kept"] }, "benefits", "different"],
  ])("%s", (_, change, dimension, relation) => {
    const live = { ...plain, ...change };
    expect(compareTerms(plain, live)).toEqual(dimensions.map((each) => ({ dimension: each, relation: each === dimension ? relation : "same" })));
    expect(covers(plain, live)).toBe(relation === "narrower");
  });

  test.each<[Retention, Retention, Relation]>([
    [kept(12, "months"), kept(24, "months"), "wider"],
    [kept(12, "months"), kept(365, "days"), "narrower"],
    [kept(12, "months"), kept(366, "days"), "wider"],
    [kept(1, "months"), kept(28, "days"), "narrower"],
    [kept(1, "months"), kept(30, "days"), "different"],
    [kept(1, "months"), kept(31, "days"), "wider"],
    [kept(90, "days"), kept(3, "months"), "different"],
    [kept(0, "days"), kept(0, "months"), "same"],
    [kept(1200, "months"), { kind: "relationship" }, "different"],
    [{ kind: "indefinite" }, { kind: "relationship" }, "narrower"],
    [{ kind: "indefinite" }, kept(1200, "months"), "narrower"],
    [kept(1, "days"), { kind: "indefinite" }, "wider"],
  ])("kept %o, then %o", (answered, live, relation) => {
    expect(compareDimension("retention", { ...plain, retention: answered }, { ...plain, retention: live })).toBe(relation);
  });

  test("days and months are ordered only where the calendar proves it, on any day of any year", () => {
    for (let months = 1; months <= 30; months += 1) {
      const lengths = [1896, 1899, 1900, 1999, 2000, 2001, 2003, 2004].flatMap((year) =>
        Array.from({ length: 366 }, (_, day) => daysIn(new Date(Date.UTC(year, 0, 1 + day)), months)),
      );
      const [fewest, most] = [Math.min(...lengths), Math.max(...lengths)];
      for (let days = fewest - 4; days <= most + 4; days += 1) {
        const relation = compareDimension("retention", { ...plain, retention: kept(months, "months") }, { ...plain, retention: kept(days, "days") });
        if (relation === "narrower") expect(days).toBeLessThanOrEqual(fewest);
        if (relation === "wider") expect(days).toBeGreaterThanOrEqual(most);
        // Within a year and at a whole one nothing provable is left unsaid.
        if (months <= 12) expect(relation).toBe(days <= fewest ? "narrower" : days >= most ? "wider" : "different");
      }
    }
  });
});

/** Days from `start` to the same day that many months later, or to the last day of a shorter month. */
function daysIn(start: Date, months: number): number {
  const [year, month] = [start.getUTCFullYear(), start.getUTCMonth() + months];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return (Date.UTC(year, month, Math.min(start.getUTCDate(), lastDay)) - start.getTime()) / 86_400_000;
}
