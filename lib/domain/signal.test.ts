import { describe, expect, test } from "vitest";
import { decide, type DecisionFacts } from "./decision";
import { gpcConcerns, signalObjects, type HeardSignal } from "./signal";

test.each([
  ["none", "personalize.content", null],
  ["none", "personalize.content.profiled", null],
  ["none", "essential.service", null],
  ["none", "marketing.communications.email", null],
  ["none", "marketing.advertising.first_party.contextual", null],
  ["none", "marketing.advertising.frequency_capping", null],
  ["none", "marketing.advertising.serving", null],
  ["none", "marketing.advertising.first_party.targeted", "targeted"],
  ["none", "marketing.advertising.first_party.targeted.bikes", "targeted"],
  ["none", "marketing.advertising.third_party.targeted", "targeted"],
  ["none", "marketing.advertising.profiling", "targeted"],
  ["none", "marketing.advertising.first_party", "targeted"],
  ["none", "marketing", "targeted"],
  ["none", "marketing.advertising.first_party.targeted_at_noon", null],
  ["none", "third_party_sharing", "shared"],
  ["none", "third_party_sharing.legal_obligation", null],
  ["shared", "personalize.content", "shared"],
  ["sold", "essential.service", "sold"],
] as const)("terms with sharing %s for %s: %s", (sharing, purpose, concern) => {
  expect(gpcConcerns({ sharing, purpose })).toBe(concern);
});

test("the signal objects where nobody answered, and to a yes from before; not to one that was given knowing of it", () => {
  const facts = { basis: "consent", concern: "sold" } as const;
  expect(signalObjects({ ...facts, stand: null })).toBe(true);
  expect(signalObjects({ ...facts, stand: { state: "granted", carries: true, told: false } })).toBe(true);
  expect(signalObjects({ ...facts, stand: { state: "granted", carries: true, told: true } })).toBe(false);
  expect(signalObjects({ ...facts, stand: { state: "granted", carries: false, told: true } })).toBe(false);
});

test("a no that stands needs no other, one from before a change is renewed", () => {
  for (const state of ["refused", "withdrawn", "objected"] as const) {
    expect(signalObjects({ basis: "consent", concern: "shared", stand: { state, carries: true, told: false } })).toBe(false);
    expect(signalObjects({ basis: "consent", concern: "shared", stand: { state, carries: false, told: false } })).toBe(true);
    expect(signalObjects({ basis: "legitimate-interests", concern: "shared", stand: { state, carries: false, told: false } })).toBe(false);
  }
});

test("it says nothing to what does not sell, share or target, nor where the basis leaves no choice", () => {
  expect(signalObjects({ basis: "consent", concern: null, stand: null })).toBe(false);
  for (const basis of ["contract", "legal-obligation", "vital-interests", "public-task"] as const) expect(signalObjects({ basis, concern: "sold", stand: null })).toBe(false);
  expect(signalObjects({ basis: "legitimate-interests", concern: "targeted", stand: null })).toBe(true);
});

describe("a decision where the signal was heard, though no objection is written yet", () => {
  const now = new Date("2026-03-01T12:00:00.000Z");
  const [asked, interest, contract] = ["consent", "legitimate-interests", "contract"] as const;
  const yes = { state: "granted", version: 1, expiresAt: null } as const;
  const heard = (change: Partial<HeardSignal>): HeardSignal => ({ requested: "sold", live: "sold", told: false, ...change });
  const both = (basis: DecisionFacts["requested"]["basis"], permission: DecisionFacts["permission"], signal: HeardSignal | null, liveBasis = basis) =>
    decide({ requested: { version: 1, basis }, live: { version: 2, basis: liveBasis }, permission, carries: true, signal, now }).reason;

  test.each<[string, string, string]>([
    ["what needs no yes", both(interest, null, heard({})), "objected"],
    ["what needs no yes, and it never came", both(interest, null, null), "not-required"],
    ["what needs no yes, of which only the live version sells: its no reaches the others", both(interest, null, heard({ requested: null })), "objected"],
    ["what needs no yes, of which only the version asked for sells", both(interest, null, heard({ live: null })), "objected"],
    ["what needs no yes, where the one that sells waits for a yes", both(interest, null, heard({ requested: null }), asked), "not-required"],
    ["what leaves no choice", both(contract, null, heard({})), "not-required"],
    ["what left no choice before one came that sells", both(contract, null, heard({}), interest), "objected"],
    ["what waits for a yes", both(asked, null, heard({})), "never-asked"],
    ["a yes from before, or from elsewhere", both(asked, yes, heard({})), "objected"],
    ["a yes of somebody who was told", both(asked, yes, heard({ told: true })), "granted"],
    ["a yes of somebody who was told, which reaches what needs none", both(interest, yes, heard({ told: true })), "not-required"],
    ["a yes from before to what needs none", both(interest, yes, heard({})), "objected"],
    ["a no of their own", both(interest, { ...yes, state: "refused" }, heard({})), "refused"],
    ["a yes that has ended", both(asked, { ...yes, expiresAt: now }, heard({})), "expired"],
  ])("%s", (_, reason, wanted) => {
    expect(reason).toBe(wanted);
  });
});
