import { expect, test } from "vitest";
import { saysGpc } from "./signal";

test.each([
  ["1", true],
  [" 1 ", true],
  ["0, 1", true],
  ["1, 1", true],
  ["0", false],
  ["", false],
  ["true", false],
  ["11", false],
  ["1.0", false],
  ["1;1", false],
  [undefined, false],
  [null, false],
])("Sec-GPC %j says so: %s", (header, says) => {
  expect(saysGpc(header)).toBe(says);
});
