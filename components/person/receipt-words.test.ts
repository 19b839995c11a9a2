import { describe, expect, test } from "vitest";
import type { ReceiptNow } from "@/lib/contract/receipt";
import { changeOfMind, meaningWords } from "./receipt-words";

const standing = { kind: "permission", allowed: true, reason: "granted", basis: "consent", changed: false, liveVersion: 2 } as const satisfies ReceiptNow;
const yes = { now: standing, answer: "granted", keeps: null, version: 2, expiresAt: null, once: false, imported: null } as const;

describe("what an answer means now", () => {
  test("a yes that stands says how far and how long it reaches", () => {
    expect(meaningWords(yes)).toBe("This may be done with your data, in the way it was asked and in no other.");
    expect(meaningWords({ ...yes, expiresAt: new Date("2027-03-01T00:00:00Z") })).toContain("until 1 March 2027.");
  });

  test("a yes to an older version is never said to reach the new one", () => {
    const said = meaningWords({ ...yes, version: 1, now: { ...standing, allowed: false, reason: "use-changed", changed: true } });
    expect(said).toBe("Your yes holds for version 1 only. Version 2 asks for something else, and waits for your answer.");
  });

  test("a yes that a browser's signal outweighs is not said to hold", () => {
    expect(meaningWords({ ...yes, now: { ...standing, allowed: false, reason: "objected" } })).toContain("Your browser asks us not to sell or share your data, so this is not done");
  });

  test("a yes that ran out, and a no of any kind, allow nothing", () => {
    expect(meaningWords({ ...yes, now: { ...standing, allowed: false, reason: "expired" } })).toContain("no longer done");
    for (const answer of ["refused", "withdrawn", "objected"] as const) {
      expect(meaningWords({ ...yes, answer, now: { ...standing, allowed: false, reason: answer } })).toContain("not done with your data");
    }
  });

  test("keeping what was agreed to says what stands and what is not done", () => {
    const kept = { ...yes, answer: "kept", keeps: 1, now: { ...standing, allowed: false, reason: "refused" } } as const;
    expect(meaningWords(kept)).toBe("What you agreed to with version 1 stands. What version 2 added is not done with your data.");
    expect(meaningWords({ ...kept, now: { ...kept.now, changed: true, liveVersion: 3 } })).toContain("waits for your answer");
    expect(changeOfMind({ ...kept, kind: "permission", key: "bikes" }).words).toContain("press Withdraw");
  });

  test("a yes for one time says so, and one from elsewhere is not said to have been asked here", () => {
    expect(meaningWords({ ...yes, once: true })).toContain("one time only");
    expect(meaningWords({ ...yes, imported: { source: "The old shop", answeredAt: new Date(0) } })).not.toContain("it was asked");
  });

  test("an answer that was given again says which one counts", () => {
    expect(meaningWords({ ...yes, now: { kind: "replaced", answer: "withdrawn", at: new Date("2026-11-21T10:00:00Z"), index: 9 } })).toContain("on 21 November 2026: “You withdrew this”");
  });

  test("a policy's next version waits, whatever was said to this one", () => {
    expect(meaningWords({ ...yes, answer: "accepted", now: { kind: "policy", liveVersion: 5, waits: true } })).toContain("Version 5 is in force");
  });
});

test("who said yes is told to withdraw, who may object to object, and everybody where", () => {
  expect(changeOfMind({ ...yes, kind: "permission", key: "bikes" })).toMatchObject({ path: "/me/permissions", words: expect.stringContaining("press Withdraw") });
  expect(changeOfMind({ ...yes, kind: "permission", key: "bikes", now: { ...standing, basis: "legitimate-interests" } }).words).toContain("object");
  expect(changeOfMind({ ...yes, kind: "policy", key: "privacy", now: { kind: "gone" } }).path).toBe("/me/policies/privacy");
});
