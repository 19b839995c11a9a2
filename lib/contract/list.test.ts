import fc from "fast-check";
import { expect, test } from "vitest";
import { personRef } from "@/lib/contract/decision";
import { formatOf, refIn } from "@/lib/contract/list";

test("a cell names whom the gateway's other calls would name", () => {
  const cell = fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.string({ minLength: 195, maxLength: 205 }), fc.constantFrom("", " ", "\ufeffa", "a\u0000", "\ud800", "  ann\u00a0", "a\tb"));
  fc.assert(
    fc.property(cell, (text) => {
      const told = personRef.safeParse(text);
      expect(refIn(text)).toBe(told.success ? told.data : null);
    }),
    { numRuns: 2_000 },
  );
});

test("a content type says the format, however it is written", () => {
  expect(["text/csv", "TEXT/CSV; charset=utf-8", "application/x-ndjson", "application/ndjson;charset=utf-8"].map(formatOf)).toEqual(["csv", "csv", "ndjson", "ndjson"]);
  expect([undefined, "", "application/json", "multipart/form-data"].map(formatOf)).toEqual([null, null, null, null]);
});
