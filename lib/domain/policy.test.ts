import fc from "fast-check";
import { expect, test } from "vitest";
import { inForceAt, isPolicyDue, type PolicyVersionState } from "./policy";

const at = (day: number) => new Date(Date.UTC(2026, 0, day));
const published = (number: number, day: number): PolicyVersionState => ({ state: "published", number, inForceFrom: at(day) });

test("the version in force is the one whose time began last", () => {
  const versions = [published(3, 20), published(1, 1), { state: "draft" } as const, published(2, 10)];
  expect(inForceAt(versions, new Date(at(1).getTime() - 1))).toBeNull();
  expect(inForceAt(versions, at(1))?.number).toBe(1);
  expect(inForceAt(versions, at(10))?.number).toBe(2);
  expect(inForceAt(versions, new Date(at(20).getTime() - 1))?.number).toBe(2);
  expect(inForceAt(versions, at(25))?.number).toBe(3);
});

test("of two that begin at the same instant the higher number is in force, in whatever order they come", () => {
  expect(inForceAt([published(1, 5), published(2, 5)], at(5))?.number).toBe(2);
  expect(inForceAt([published(2, 5), published(1, 5)], at(5))?.number).toBe(2);
});

test("no draft, and nothing before its time, is ever in force", () => {
  const version = fc.oneof(
    fc.constant<PolicyVersionState>({ state: "draft" }),
    fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })).map(([number, day]) => published(number, day)),
  );
  fc.assert(
    fc.property(fc.array(version), fc.integer({ min: 0, max: 10 }), (versions, day) => {
      const begun = versions.filter((one) => one.state === "published" && one.inForceFrom <= at(day));
      const found = inForceAt(versions, at(day));
      expect(begun.includes(found ?? { state: "draft" })).toBe(begun.length > 0);
      for (const other of begun) expect(other.state === "published" && other.inForceFrom <= (found?.inForceFrom ?? at(0))).toBe(true);
    }),
  );
});

test("a policy is due to whoever never answered, or answered before the last version that asks again", () => {
  expect(isPolicyDue({ number: 5, askedSince: 3 }, null)).toBe("never-asked");
  expect(isPolicyDue({ number: 5, askedSince: 3 }, 2)).toBe("new-version");
  expect(isPolicyDue({ number: 5, askedSince: 3 }, 3)).toBeNull();
  expect(isPolicyDue({ number: 5, askedSince: 3 }, 5)).toBeNull();
});
