import { expect, test } from "vitest";
import { gpcConcerns, signalObjects } from "./signal";

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
