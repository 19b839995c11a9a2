import { describe, expect, test } from "vitest";
import type { Permission } from "./decision";
import { mayRecall, reaches } from "./memory";

const terms = { categories: ["user.behavior", "user.contact.email"], sources: ["told", "observed"] as const };

test.each([
  ["user.behavior", true],
  ["user.behavior.browsing_history", true],
  ["user.behaviors", false],
  ["user.contact", false],
  ["user.contact.email", true],
  ["user.contact.phone_number", false],
])("terms reach to %s: %s", (category, reached) => {
  expect(reaches(terms, { category, source: "told" })).toEqual({ category: reached, source: true });
});

test("terms reach only to what came to be known as they say", () => {
  expect(reaches(terms, { category: "user.behavior", source: "inferred" }).source).toBe(false);
});

describe("what is remembered may be used", () => {
  const now = new Date("2026-11-22T12:00:00Z");
  const item = { category: "user.behavior.browsing_history", source: "observed", frozen: false, once: false } as const;
  const facts = (permission: Permission | null, basis: "consent" | "legitimate-interests" = "consent", carries = true) => ({
    requested: { version: 1, basis, terms },
    live: { version: 1, basis },
    permission,
    carries,
    signal: null,
    now,
  });
  const granted: Permission = { state: "granted", version: 1, expiresAt: null };

  test("under a grant, and on legitimate interests until somebody objects", () => {
    expect(mayRecall(facts(granted), item)).toEqual({ allowed: true, reason: "granted", covered: true });
    expect(mayRecall(facts(null, "legitimate-interests"), item).covered).toBe(true);
    expect(mayRecall(facts({ ...granted, state: "objected" }, "legitimate-interests"), item)).toEqual({ allowed: false, reason: "objected", covered: false });
  });

  test("not without one, not after it ran out, not under terms that do not reach to it, not while it is frozen", () => {
    expect(mayRecall(facts(null), item).covered).toBe(false);
    expect(mayRecall(facts({ ...granted, expiresAt: now }), item).covered).toBe(false);
    expect(mayRecall(facts(granted, "consent", false), item).covered).toBe(false);
    expect(mayRecall(facts(granted), { ...item, category: "user.contact" })).toEqual({ allowed: true, reason: "granted", covered: false });
    expect(mayRecall(facts(granted), { ...item, source: "obtained" }).covered).toBe(false);
    expect(mayRecall(facts(granted), { ...item, frozen: true }).covered).toBe(false);
  });

  test("not under a yes for one time, while what needs no yes is not touched by one", () => {
    expect(mayRecall(facts(granted), { ...item, once: true })).toEqual({ allowed: true, reason: "granted", covered: false });
    expect(mayRecall(facts(granted, "legitimate-interests"), { ...item, once: true }).covered).toBe(true);
  });
});
