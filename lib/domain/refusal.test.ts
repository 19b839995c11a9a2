import { expect, test } from "vitest";
import { Refusal, refusalCodes } from "./refusal";

test("a refusal carries its code, its sentence, and what is wrong where", () => {
  const faults = [{ path: "terms.retention.count", message: "Enter a whole number of months." }];
  const refusal = new Refusal("invalid", "Check the marked fields.", { faults, detail: { version: 2 } });
  expect(refusal).toBeInstanceOf(Error);
  expect(refusal).toMatchObject({ name: "Refusal", code: "invalid", message: "Check the marked fields.", faults, detail: { version: 2 } });
});

test("codes are kebab-case and each there once", () => {
  for (const code of refusalCodes) expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/u);
  expect(new Set(refusalCodes).size).toBe(refusalCodes.length);
});
