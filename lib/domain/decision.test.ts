import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareTerms, covers, sameTerms } from "./compare-terms";
import { carries, decide, isDue, permissionStates, versionToKeep, type DecisionFacts, type Permission, type Reask } from "./decision";
import { legalBases, type Terms } from "./terms";

const now = new Date("2026-03-01T12:00:00.000Z");
const after = (milliseconds: number) => new Date(now.getTime() + milliseconds);
const holding = (state: Permission["state"], version = 1, expiresAt: Date | null = null): Permission => ({ state, version, expiresAt });
const kept: Permission = { ...holding("granted"), declined: 2 };
const facts = (change: Partial<DecisionFacts>): DecisionFacts => ({
  requested: { version: 1, basis: "consent" },
  live: { version: 2, basis: "consent" },
  permission: holding("granted"),
  carries: true,
  signal: null,
  now,
  ...change,
});

describe("deciding", () => {
  test.each<[string, Partial<DecisionFacts>, string, boolean]>([
    ["a grant that carries", {}, "granted", true],
    ["nobody asked", { permission: null, carries: false }, "never-asked", false],
    ["a grant of other terms", { requested: { version: 2, basis: "consent" }, carries: false }, "use-changed", false],
    ["a refusal, for every version", { permission: holding("refused", 2) }, "refused", false],
    ["a withdrawal, for every version", { permission: holding("withdrawn", 2) }, "withdrawn", false],
    ["a grant at its end", { permission: holding("granted", 1, now) }, "expired", false],
    ["a grant just before its end", { permission: holding("granted", 1, after(1)) }, "granted", true],
    ["a change before an expiry", { permission: holding("granted", 1, now), carries: false }, "use-changed", false],
    ["legitimate interests", { requested: { version: 2, basis: "legitimate-interests" }, permission: null }, "not-required", true],
    ["legitimate interests, objected to", { requested: { version: 2, basis: "legitimate-interests" }, permission: holding("objected") }, "objected", false],
    ["legitimate interests after a refusal", { requested: { version: 2, basis: "legitimate-interests" }, permission: holding("refused") }, "refused", false],
    ["a contract", { requested: { version: 2, basis: "contract" }, live: { version: 2, basis: "contract" }, permission: null, carries: false }, "not-required", true],
    ["a contract, refused before", { requested: { version: 2, basis: "contract" }, live: { version: 2, basis: "contract" }, permission: holding("refused") }, "not-required", true],
    ["a contract before permission was asked, nobody asked", { requested: { version: 1, basis: "contract" }, permission: null, carries: false }, "not-required", true],
    ["a contract before permission was asked, refused since", { requested: { version: 1, basis: "contract" }, permission: holding("refused", 2) }, "refused", false],
    ["a contract before there was a choice, objected to since", { requested: { version: 1, basis: "contract" }, live: { version: 2, basis: "legitimate-interests" }, permission: holding("objected", 2) }, "objected", false],
    ["what was kept", { permission: kept }, "granted", true],
    ["what was kept, at its end", { permission: { ...kept, expiresAt: now } }, "expired", false],
    ["what was declined while the earlier version was kept", { permission: kept, requested: { version: 2, basis: "consent" }, carries: false, declinedCarries: true }, "refused", false],
    ["a later change than the declined one", { permission: kept, live: { version: 3, basis: "consent" }, requested: { version: 3, basis: "consent" }, carries: false, declinedCarries: false }, "use-changed", false],
    ["a later version on another basis than what was declined", { permission: kept, live: { version: 3, basis: "legitimate-interests" }, requested: { version: 3, basis: "legitimate-interests" }, carries: false, declinedCarries: false }, "refused", false],
    ["a grant for one decision that was made", { permission: { ...holding("granted"), spent: true } }, "expired", false],
    ["a version not yet in force", { requested: { version: 3, basis: "consent" } }, "use-changed", false],
    ["a version not yet in force, nobody asked", { requested: { version: 3, basis: "contract" }, permission: null }, "never-asked", false],
    ["a use with nothing in force", { live: null }, "use-changed", false],
  ])("%s", (_, change, reason, allowed) => {
    expect(decide(facts(change))).toEqual({ allowed, reason });
  });
});

describe("keeping", () => {
  const changed = (permission: Permission | null, imported = false) => versionToKeep({ basis: "consent" }, permission, imported, false, now);
  test.each<[string, number | null, number | null]>([
    ["a yes to other terms", changed(holding("granted", 4)), 4],
    ["a yes that was kept before", changed({ ...holding("granted", 3), declined: 4 }), 3],
    ["a yes that has ended", changed(holding("granted", 4, now)), null],
    ["a yes that was used", changed({ ...holding("granted", 4), spent: true }), null],
    ["a yes that was given elsewhere", changed(holding("granted", 4), true), null],
    ["a no", changed(holding("refused", 4)), null],
    ["nothing", changed(null), null],
    ["a yes that reaches", versionToKeep({ basis: "consent" }, holding("granted", 4), false, true, now), null],
    ["a yes where no yes is asked for", versionToKeep({ basis: "contract" }, holding("granted", 4), false, false, now), null],
  ])("%s", (_, keeps, expected) => {
    expect(keeps).toBe(expected);
  });
});

describe("being due", () => {
  const consent = { basis: "consent" } as const;
  test.each<[string, ReturnType<typeof isDue>, ReturnType<typeof isDue>]>([
    ["never asked", isDue(consent, null, false, now), "never-asked"],
    ["granted", isDue(consent, holding("granted"), true, now), null],
    ["granted before the use changed", isDue(consent, holding("granted"), false, now), "use-changed"],
    ["granted, at its end", isDue(consent, holding("granted", 1, now), true, now), "expired"],
    ["kept, and declined what is live", isDue(consent, kept, false, now, true), null],
    ["kept, at its end, and declined what is live", isDue(consent, { ...kept, expiresAt: now }, false, now, true), null],
    ["kept, and changed once more", isDue(consent, kept, false, now, false), "use-changed"],
    ["granted for one decision, which was made", isDue(consent, { ...holding("granted"), spent: true }, true, now), "expired"],
    ["refused, same terms", isDue(consent, holding("refused"), true, now), null],
    ["refused, same terms, long ago", isDue(consent, holding("refused", 1, now), true, now), null],
    ["refused before the use changed", isDue(consent, holding("refused"), false, now), "use-changed"],
    ["withdrawn, same terms", isDue(consent, holding("withdrawn"), true, now), null],
    ["withdrawn before the use changed", isDue(consent, holding("withdrawn"), false, now), "use-changed"],
    ["an interest that can be objected to", isDue({ basis: "legitimate-interests" }, null, false, now), null],
    ["a contract", isDue({ basis: "contract" }, null, false, now), null],
    ["nothing in force", isDue(null, null, false, now), null],
  ])("%s", (_, due, expected) => {
    expect(due).toBe(expected);
  });
});

const first: Terms = {
  categories: ["user.contact"],
  purpose: "marketing.advertising",
  recipients: [{ name: "Acme", kind: "processor" }],
  retention: { kind: "period", count: 12, unit: "months" },
  legalBasis: "consent",
  places: ["DE"],
  sources: ["told"],
  sharing: "shared",
  automation: "assisted",
  benefits: ["Only bikes you like"],
};

describe("an answer to one version", () => {
  const longer: Terms = { ...first, retention: { kind: "period", count: 24, unit: "months" } };
  const forward = { answeredVersion: 1, requestedVersion: 2 };
  const backward = { answeredVersion: 2, requestedVersion: 1 };
  test.each<[string, boolean, boolean]>([
    ["reaches a newer one with the same terms", carries(first, { ...first }, "any", forward), true],
    ["does not reach a newer one that asks for more", carries(first, longer, "wider", forward), false],
    ["reaches a newer one that asks for less only where that was chosen", carries(longer, first, "wider", forward), true],
    ["does not reach a newer one that asks for less where any change asks again", carries(longer, first, "any", forward), false],
    ["reaches an older one that asks for less, whatever was chosen", carries(longer, first, "any", backward), true],
    ["does not reach an older one that asks for more", carries(first, longer, "wider", backward), false],
  ])("%s", (_, reaches, expected) => {
    expect(reaches).toBe(expected);
  });
});

/** What an officer may change between two versions: wider, narrower, sideways, and back again. */
const edit: fc.Arbitrary<Partial<Terms>> = fc.oneof(
  fc.record({ categories: fc.constantFrom(["user"], ["user.contact"], ["user.contact.email"], ["user.device"]) }),
  fc.record({ purpose: fc.constantFrom("marketing", "marketing.advertising", "marketing.advertising.own", "essential") }),
  fc.record({ recipients: fc.subarray([{ name: "Acme", kind: "processor" as const }, { name: "Bolt", kind: "partner" as const }]) }),
  fc.record({
    retention: fc.constantFrom<Terms["retention"][]>(
      { kind: "period", count: 12, unit: "months" },
      { kind: "period", count: 24, unit: "months" },
      { kind: "period", count: 365, unit: "days" },
      { kind: "relationship" },
      { kind: "indefinite" },
    ),
  }),
  fc.record({ places: fc.subarray(["DE", "US"]) }),
  fc.record({ sources: fc.subarray(["told" as const, "observed" as const]) }),
  fc.record({ sharing: fc.constantFrom("none" as const, "shared" as const, "sold" as const) }),
  fc.record({ automation: fc.constantFrom("none" as const, "assisted" as const, "significant" as const) }),
  fc.record({ benefits: fc.subarray(["Only bikes you like", "Seats kept"]) }),
  fc.constant({}),
);

type Step = { publish: Partial<Terms> } | { answer: Permission["state"] | "kept"; lasts: number | null; once: boolean } | { wait: number } | { use: true };
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ publish: edit }) },
  {
    weight: 2,
    arbitrary: fc.record({
      answer: fc.constantFrom<(Permission["state"] | "kept")[]>("granted", "granted", "granted", "kept", "kept", "refused", "withdrawn", "objected"),
      lasts: fc.constantFrom(null, null, 2, 5),
      once: fc.integer({ min: 0, max: 4 }).map((one) => one === 0),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ use: true as const }) },
  { weight: 1, arbitrary: fc.record({ wait: fc.integer({ min: 1, max: 4 }) }) },
);

/** What the person did last, in words of its own: not derived by the rules under test. `against`: the terms that they turned down beside it. */
type Last = { said: Permission["state"]; terms: Terms; until: number | null; against: Terms | null; once: boolean; used: boolean } | null;

/** What stands after somebody answered or used an answer. */
function next(step: Exclude<Step, { publish: unknown } | { wait: unknown }>, { permission, last }: { permission: Permission | null; last: Last }, versions: readonly Terms[], clock: number): { permission: Permission | null; last: Last } {
  const live = versions.at(-1) ?? first;
  if ("use" in step) return last?.once && permission ? { permission: { ...permission, spent: true }, last: { ...last, used: true } } : { permission, last };
  if (step.answer === "kept") {
    // Only what stands can be kept, and only beside other terms.
    if (permission === null || last?.said !== "granted" || (last.until ?? Infinity) <= clock || last.used || sameTerms(last.terms, live)) return { permission, last };
    return { permission: { ...permission, declined: versions.length }, last: { ...last, against: live } };
  }
  const until = step.lasts === null ? null : clock + step.lasts;
  return {
    permission: { state: step.answer, version: versions.length, expiresAt: until === null ? null : after(until) },
    last: { said: step.answer, terms: live, until, against: null, once: step.once && step.answer === "granted", used: false },
  };
}

/** Lives through a history, and after every step looks at the decision for every version there is. */
function live(history: readonly Step[], reask: Reask, look: (seen: Seen) => void): void {
  const versions: Terms[] = [first];
  const state: { permission: Permission | null; last: Last } = { permission: null, last: null };
  let clock = 0;
  for (const each of history) {
    if ("publish" in each) versions.push({ ...(versions.at(-1) ?? first), ...each.publish });
    else if ("wait" in each) clock += each.wait;
    else Object.assign(state, next(each, state, versions, clock));
    const answered = state.permission;
    const reach = (from: number | null) =>
      versions.map((terms, index) => from !== null && carries(versions[from - 1] ?? first, terms, reask, { answeredVersion: from, requestedVersion: index + 1 }));
    const [reaches, declines] = [reach(answered?.version ?? null), reach(answered?.declined ?? null)];
    const decisions = versions.map((terms, index) =>
      decide({
        requested: { version: index + 1, basis: terms.legalBasis },
        live: { version: versions.length, basis: "consent" },
        permission: answered,
        carries: reaches[index] ?? false,
        declinedCarries: declines[index] ?? false,
        signal: null,
        now: after(clock),
      }),
    );
    const due = isDue({ basis: "consent" }, answered, reaches.at(-1) ?? false, after(clock), declines.at(-1) ?? false);
    look({ versions, decisions, due, last: state.last, clock, answeredVersion: answered?.version ?? null });
  }
}
type Seen = {
  versions: readonly Terms[];
  decisions: readonly ReturnType<typeof decide>[];
  due: ReturnType<typeof isDue>;
  last: Last;
  clock: number;
  answeredVersion: number | null;
};

const histories = fc.array(step, { minLength: 1, maxLength: 12 });
const runs = { numRuns: 2000, seed: 11 };

describe("whatever happens", () => {
  test.each<Reask>(["any", "wider"])("no sequence of changes lets a decision allow more than was granted (asking again for %s)", (reask) => {
    const seen = new Map<string, number>();
    const count = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);
    fc.assert(
      fc.property(histories, (history) =>
        live(history, reask, ({ versions, decisions, last, clock, answeredVersion }) => {
          decisions.forEach(({ allowed, reason }, index) => {
            const requested = versions[index] ?? first;
            const side = answeredVersion === null ? "" : index + 1 < answeredVersion ? " older" : index + 1 > answeredVersion ? " newer" : "";
            count(reason + side);
            if (!allowed) return;
            expect(last?.said).toBe("granted");
            expect(last !== null && covers(last.terms, requested)).toBe(true);
            expect(last?.until ?? Infinity).toBeGreaterThan(clock);
            expect(last?.used).toBe(false);
            if (last?.against) count("granted beside a no");
            if (reask === "any" && index + 1 > (answeredVersion ?? 0)) expect(last !== null && sameTerms(last.terms, requested)).toBe(true);
          });
        }),
      ),
      runs,
    );
    for (const what of ["granted", "granted older", "granted newer", "use-changed newer", "use-changed older", "expired", "refused older", "withdrawn newer", "objected", "never-asked", "granted beside a no"]) {
      expect([what, seen.get(what) ?? 0]).toEqual([what, expect.toSatisfy((times: number) => times > 20)]);
    }
  });

  test("what was granted holds under its version until the next answer or its end", () => {
    fc.assert(
      fc.property(histories, (history) =>
        live(history, "any", ({ decisions, last, clock, answeredVersion }) => {
          if (last?.said !== "granted" || (last.until ?? Infinity) <= clock || last.used || answeredVersion === null) return;
          expect(decisions[answeredVersion - 1]).toEqual({ allowed: true, reason: "granted" });
        }),
      ),
      runs,
    );
  });

  test("any change of terms asks again, same terms never do, and provable narrowing only where chosen", () => {
    const seen = new Set<string>();
    for (const reask of ["any", "wider"] as const) {
      fc.assert(
        fc.property(histories, (history) =>
          live(history, reask, ({ versions, due, last }) => {
            if (last === null) return expect(due).toBe("never-asked");
            // Who kept an earlier deal has an answer to that one and to the one they turned down.
            const asksAgain = [last.terms, ...(last.against ? [last.against] : [])].every((answered) => {
              const changes = compareTerms(answered, versions.at(-1) ?? first).map(({ relation }) => relation);
              return reask === "any" ? changes.some((change) => change !== "same") : changes.some((change) => change === "wider" || change === "different");
            });
            expect(due === "use-changed").toBe(asksAgain);
            if (!asksAgain && last.said !== "granted") expect(due).toBeNull();
            seen.add(`${reask} ${asksAgain} ${last.said}${last.against ? " beside a no" : ""}`);
          }),
        ),
        runs,
      );
    }
    expect(seen.size).toBe(2 * 2 * (permissionStates.length + 1));
  });

  test("the live version is allowed exactly when a grant stands and nothing is due", () => {
    fc.assert(
      fc.property(histories, fc.constantFrom<Reask[]>("any", "wider"), (history, reask) =>
        live(history, reask, ({ decisions, due, last }) => {
          const turnedDown = decisions.at(-1)?.reason === "refused";
          expect(decisions.at(-1)?.allowed).toBe(due === null && last?.said === "granted" && !turnedDown);
          if (last?.against == null && last?.said === "granted") expect(turnedDown).toBe(false);
        }),
      ),
      runs,
    );
  });

  test("a no is never turned into a yes by changing the basis between consent and interest", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...permissionStates.slice(1)),
        fc.constantFrom(...legalBases),
        fc.nat(5),
        fc.nat(5),
        fc.boolean(),
        fc.constantFrom(...legalBases),
        (state, basis, version, live, reaches, liveBasis) => {
          const decision = decide(facts({ requested: { version, basis }, live: { version: live, basis: liveBasis }, permission: holding(state), carries: reaches }));
          if ([basis, liveBasis].some((one) => one === "consent" || one === "legitimate-interests")) expect(decision).toEqual({ allowed: false, reason: state });
        },
      ),
    );
  });
});
