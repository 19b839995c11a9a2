import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ancestorsOf, antichain, subsumes } from "./taxonomy";

const key = fc.array(fc.constantFrom("a", "b", "b-c", "bc"), { minLength: 1, maxLength: 4 }).map((parts) => parts.join("."));

describe("keys", () => {
  test("a key subsumes itself and what is below it, not what only begins alike", () => {
    expect(subsumes("user.contact", "user.contact")).toBe(true);
    expect(subsumes("user.contact", "user.contact.email")).toBe(true);
    expect(subsumes("user.contact", "user.contacts")).toBe(false);
    expect(subsumes("user.contact.email", "user.contact")).toBe(false);
  });

  test("ancestors are exactly the other keys that subsume a key", () => {
    expect(ancestorsOf("a.b.c")).toEqual(["a", "a.b"]);
    expect(ancestorsOf("a")).toEqual([]);
    fc.assert(
      fc.property(key, key, (a, b) => {
        expect(ancestorsOf(a).includes(b)).toBe(a !== b && subsumes(b, a));
      }),
    );
  });

  test("an antichain reaches as far as its keys did, with none to spare", () => {
    expect(antichain(["b", "a.b", "a", "a-b", "b"])).toEqual(["a", "a-b", "b"]);
    fc.assert(
      fc.property(fc.array(key), key, (keys, probe) => {
        const fewest = antichain(keys);
        const reached = (all: readonly string[]) => all.some((upper) => subsumes(upper, probe));
        expect(reached(fewest)).toBe(reached(keys));
        for (const one of fewest) expect(fewest.filter((other) => subsumes(other, one))).toEqual([one]);
        expect(antichain([...keys].reverse())).toEqual(fewest);
      }),
    );
  });
});
