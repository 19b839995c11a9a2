import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ancestorsOf, antichain, searchTaxonomy, subsumes, type TaxonomyTerm } from "./taxonomy";

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

describe("searching", () => {
  const term = (key: string, name: string, description: string): TaxonomyTerm => ({
    key,
    name,
    description,
    parentKey: ancestorsOf(key).at(-1) ?? null,
    kind: "category",
    origin: "fideslang",
  });
  const terms = [
    term("user.account", "Account", "Account with an email address for signing in."),
    term("user.contact.email", "Contact Email", "User's contact email address."),
    term("user.contact.address", "Contact Address", "Where the user lives."),
    term("user.email_habits", "Habits", "When somebody reads."),
    term("user.cafe", "Café visits", "Own entry."),
  ];
  const found = (query: string) => searchTaxonomy(terms, query).map(({ key }) => key);

  test("names come before keys, and keys before descriptions", () => {
    expect(found("email")).toEqual(["user.contact.email", "user.email_habits", "user.account"]);
  });

  test("every word must match, its beginning is enough, and case and accents do not matter", () => {
    expect(found("CONT addr")).toEqual(["user.contact.address", "user.contact.email"]);
    expect(found("cafe")).toEqual(["user.cafe"]);
    expect(found("contact nonsense")).toEqual([]);
    expect(found("ontact")).toEqual([]);
  });

  test("a name typed out comes first", () => {
    const longer = term("a", "Email marketing email", "");
    const exact = term("b", "Email", "");
    expect(searchTaxonomy([longer, exact], "email")[0]).toBe(exact);
  });

  test("no query gives everything as it came", () => {
    expect(searchTaxonomy(terms, "  ")).toEqual(terms);
  });
});
