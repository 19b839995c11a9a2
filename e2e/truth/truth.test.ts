import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { database } from "@/lib/data/client";
import { kept, publishTerms, publishWording } from "@/lib/usecases/ask-questions.fixture";
import { check } from "./check";
import { newRef, prepareGround, type Ground } from "@/e2e/support/gateways";
import { bySignalAlone, everythingHappened, yesKnowingOfSignal } from "./happened";
import { emptyLog, sharings, type Decided, type Log, type Published, type Reask } from "./log";
import { act, deed, type Deed, type Stage } from "./people";
import type { Basis } from "./ruling";

/** How many decisions are checked; the long form takes HANDSHAKE_DECISIONS. */
const wanted = Number(process.env["HANDSHAKE_DECISIONS"] ?? 12_000);
const gateways = 3;
const people = 48;
/** How many of them do something at the same time: each hand acts for several, one after the other, so that much is published in a life. */
const hands = 12;
const programs = 6;
const seed = Number(process.env["HANDSHAKE_SEED"] ?? Date.now() % 1_000_000);

let ground: Ground;
const bases = new Map<string, Basis>();
const basisOf = (use: string): Basis => bases.get(use) ?? "consent";

beforeAll(async () => {
  ground = await prepareGround(gateways);
});
afterAll(() => ground.remove());

type Wish = Pick<Published, "use" | "months" | "sharing" | "reask">;

/** Publishes the next version of a use: another time of keeping, and now and then others who get it, or another rule for asking again. */
async function publish(log: Log, { use, months: wish, sharing, reask }: Wish): Promise<void> {
  const before = log.published.findLast((one) => one.use === use)?.months;
  const months = wish === before ? wish + 6 : wish;
  await database().organisation.update({ where: { id: 1 }, data: { reask } });
  let began = 0;
  const version = await publishTerms(use, { ...kept(months), sharing, legalBasis: basisOf(use) === "consent" ? "consent" : "legitimate-interests" }, () => (began = performance.now()));
  log.published.push({ began, ended: performance.now(), use, version, months, sharing, reask });
}

async function prepareUses(log: Log): Promise<string[]> {
  const uses = ["consent", "consent", "interest"].map((basis, i) => {
    const key = `use-${i}-${randomUUID().slice(0, 8)}`;
    bases.set(key, basis as Basis);
    return key;
  });
  for (const use of uses) {
    await publish(log, { use, months: 12, sharing: "none", reask: "any" });
    await publishWording(use, "May we?");
  }
  return uses;
}

type Chosen = { readonly person: number; readonly left: boolean; readonly use: number; readonly back: number | null; readonly gateway: number };
const chosen: fc.Arbitrary<Chosen> = fc.record({ person: fc.nat(people - 1), left: fc.constantFrom(false, false, false, true), use: fc.nat(2), back: fc.option(fc.nat(3), { nil: null }), gateway: fc.nat(gateways - 1) });

/** Who is there, by their places; and who was there before them, asked to be left alone, and made room. */
type Crowd = { readonly here: string[]; readonly left: (string | null)[] };

/** Asks one gateway for some decisions at once; a version that is asked about has been published by then. */
async function decide({ log, uses }: Stage, { here, left }: Crowd, asked: readonly Chosen[]): Promise<void> {
  const requests = asked.map(({ person, left: gone, use, back }) => {
    const key = uses[use]!;
    const newest = log.published.filter((one) => one.use === key).length;
    return { person: (gone ? left[person] : null) ?? here[person]!, use: key, ...(back === null ? {} : { version: Math.max(1, newest - back) }) };
  });
  const client = ground.gateways[asked[0]!.gateway]!;
  const [began, wallBegan] = [performance.now(), Date.now()];
  const decisions = requests.length === 1 ? [await client.decide(requests[0]!)] : await client.decideMany(requests);
  const [ended, wallEnded] = [performance.now(), Date.now()];
  decisions.forEach(({ allowed, reason, version, index }, i) => {
    const { person, use, version: about } = requests[i]!;
    log.decided.push({ began, ended, wall: { began: wallBegan, ended: wallEnded }, person, use, asked: about ?? null, allowed, reason, version, index: index ?? null });
  });
}

/** Everybody at once: people who answer, staff who publish, programs that ask. */
async function live(): Promise<Log> {
  const log = emptyLog();
  const uses = await prepareUses(log);
  const crowd: Crowd = { here: Array.from({ length: people }, newRef), left: Array.from({ length: people }, () => null) };
  // It goes on until everything has happened that may, so that nothing is left out by chance; a fault may keep it from happening.
  let enough = wanted;
  const goesOn = () => {
    if (log.decided.length >= enough && enough < wanted + 40_000 && !everythingHappened(log)) enough += 2_000;
    return log.decided.length < enough;
  };
  const stage: Stage = { gateways: ground.gateways, uses, log, goesOn };
  const deeds = fc.sample(fc.infiniteStream(fc.tuple(fc.nat(people / hands - 1), deed)), { seed, numRuns: hands });
  const askers = fc.sample(fc.infiniteStream(fc.array(chosen, { minLength: 1, maxLength: 40 })), { seed, numRuns: programs });
  const publications = fc.sample(fc.infiniteStream(fc.record({ use: fc.nat(2), months: fc.constantFrom(6, 12, 12, 24), sharing: fc.constantFrom("none", ...sharings), reask: fc.constantFrom<Reask>("any", "wider") })), { seed, numRuns: 1 })[0]!;
  const each = async <T>(stream: IterableIterator<T>, doIt: (one: T) => Promise<void>) => {
    for (const one of stream) {
      if (!stage.goesOn()) return;
      await doIt(one);
    }
  };
  await Promise.all([
    ...deeds.map((hand, i) => each(hand, ([turn, one]) => takePart(stage, crowd, turn * hands + i, one))),
    ...askers.map((asker) => each(asker, (asked) => decide(stage, crowd, asked.length < 8 ? asked.slice(0, 1) : asked))),
    // The first use stays in the house; the others are shared in some versions and not in others.
    each(publications, ({ use, sharing, ...wish }) => publish(log, { ...wish, use: uses[use]!, sharing: use === 0 ? "none" : sharing })),
  ]);
  return log;
}

/** Does it for whoever is in this place. Nothing changes any more for those who are left alone, so somebody new comes after them. */
async function takePart(stage: Stage, { here, left }: Crowd, place: number, one: Deed): Promise<void> {
  await act(stage, here[place]!, one);
  if (one.what !== "forget" || !one.leaveAlone) return;
  left[place] = here[place]!;
  here[place] = newRef();
}

type Which = (log: Log) => (one: Decided) => boolean;
const because = (of: string): Which => () => ({ reason }) => reason === of;

describe("what programs are told while everything changes", () => {
  let log: Log;

  test(`is right at some moment between question and answer, ${wanted} times, whichever gateway is asked`, { timeout: 900_000 }, async () => {
    log = await live();
    expect({ seed, findings: check(log, basisOf).slice(0, 3) }).toEqual({ seed, findings: [] });
    const times = (reason: string) => log.decided.filter((one) => one.reason === reason).length;
    console.log(`seed ${seed}: ${log.decided.length} decisions, ${log.changes.length} changes, ${log.published.length} publications;`, Object.fromEntries([...new Set(log.decided.map(({ reason }) => reason))].map((reason) => [reason, times(reason)])));
    expect(everythingHappened(log)).toBe(true);
  });

  /** The log with such decisions changed as a fault would have changed them, and how many those are. */
  function bent(which: Which, into: Partial<Decided>): { readonly log: Log; readonly count: number } {
    const those = new Set(log.decided.filter(which(log)));
    if (those.size === 0) throw new Error("there is no such decision");
    return { log: { ...log, decided: log.decided.map((one) => (those.has(one) ? { ...one, ...into } : one)) }, count: those.size };
  }

  test.each<[string, Which, Partial<Decided>]>([
    ["a yes where there was a refusal", because("refused"), { allowed: true, reason: "granted" }],
    ["a yes after a withdrawal", because("withdrawn"), { allowed: true, reason: "granted" }],
    ["a yes to a changed use", because("use-changed"), { allowed: true, reason: "granted" }],
    ["a no where there was a yes", because("granted"), { allowed: false, reason: "refused" }],
    ["a use that goes on after an objection", because("objected"), { allowed: true, reason: "not-required" }],
    ["a use that goes on against a signal that was heard", bySignalAlone("never said anything"), { allowed: true, reason: "not-required" }],
    ["a yes from before that outlives a signal that was heard", bySignalAlone("said yes before"), { allowed: true, reason: "granted" }],
    ["a no where there was a yes that knew of the signal", yesKnowingOfSignal, { allowed: false, reason: "objected" }],
    ["a yes that is called a no", because("granted"), { allowed: false }],
    ["a version that was not live", () => ({ asked }) => asked === null, { version: 1_000 }],
  ])("the check sees %s", (_what, which, into) => {
    const { log: wrong, count } = bent(which, into);
    // Those that were made while things changed could have come out either way; most were not.
    expect(check(wrong, basisOf).length).toBeGreaterThan(count / 2);
  });

  test("the check sees an answer from before the last change", () => {
    // A decision made again long after: what it said then is stale now.
    const latest = Math.max(...log.decided.map(({ ended }) => ended)) + 1_000;
    const wall = { began: Date.now() + 1_000, ended: Date.now() + 1_001 };
    const stale = log.decided.map((one) => ({ ...one, began: latest, ended: latest + 1, wall }));
    expect(check({ ...log, decided: stale.slice(0, Math.ceil(stale.length / 2)) }, basisOf).length).toBeGreaterThan(0);
  });
});
