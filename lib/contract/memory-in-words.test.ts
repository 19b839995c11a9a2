import { expect, test } from "vitest";
import { valueInWords } from "./memory-in-words";

test.each([
  ["enduro", "enduro"],
  [54.5, "54.5"],
  [true, "yes"],
  [null, "nothing"],
  [[], "nothing"],
  [{}, "nothing"],
  [["enduro", "gravel"], "enduro, gravel"],
  [{ kinds: ["enduro", "gravel"], size: 54.5 }, "kinds: enduro, gravel; size: 54.5"],
  [[["a", "b"], "c"], "(a, b), c"],
  [{ front: { wheel: 29 } }, "front: (wheel: 29)"],
])("%j reads as %s", (value, words) => {
  expect(valueInWords(value)).toBe(words);
});
