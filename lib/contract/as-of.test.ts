import { expect, test } from "vitest";
import { readAsOf } from "./as-of";

test.each([
  ["2026-03-03T14:00", "2026-03-03T14:00:00.000Z"],
  ["2026-03-03T14:00:05", "2026-03-03T14:00:05.000Z"],
  ["2026-03-03T14:00:05.123Z", "2026-03-03T14:00:05.123Z"],
  [" 2026-03-03 14:00 UTC ", "2026-03-03T14:00:00.000Z"],
  ["2024-02-29 00:00", "2024-02-29T00:00:00.000Z"],
])("%s is a moment in UTC", (typed, at) => {
  expect(readAsOf(typed)).toEqual({ status: "moment", at: new Date(at) });
});

test.each(["", "yesterday", "2026-03-03", "2026-02-30T14:00", "2026-03-03T24:30", "2026-03-03T14:00+02:00", "\u0000", "1e9"])("“%s” is none, and stays as it was typed", (typed) => {
  expect(readAsOf(typed)).toMatchObject({ status: "unreadable", typed });
});

test("of several the first counts, and without any nothing is asked", () => {
  expect(readAsOf(["2026-03-03T14:00", "x"])).toMatchObject({ status: "moment" });
  expect(readAsOf([])).toEqual({ status: "none" });
  expect(readAsOf(undefined)).toEqual({ status: "none" });
  expect(readAsOf("x".repeat(5_000))).toMatchObject({ status: "unreadable", typed: "x".repeat(100) });
});
