import { describe, expect, test } from "vitest";
import { z } from "zod";
import { countriesByName, countryCodes } from "@/lib/contract/countries";
import { formToObject, parseInput } from "@/lib/contract/form";
import { addWord, segmentFromName } from "@/lib/contract/taxonomy";
import { emptyTerms, hintsFor, openIn, termsFields } from "@/lib/contract/terms";
import { createUse, publishUse, saveUse } from "@/lib/contract/use";
import { Refusal } from "@/lib/domain/refusal";

const draft = "3f0e7c1a-0d7b-4a3e-9a51-2f6f0f6c8a11";
const complete: [string, string][] = [
  ["key", "bikes"],
  ["draft", draft],
  ["revision", "3"],
  ["categories[]", "user.behavior"],
  ["purpose", "personalize"],
  ["recipients[0].name", " Parcel Co "],
  ["recipients[0].kind", "processor"],
  ["recipients[1].name", ""],
  ["recipients[1].kind", "partner"],
  ["retention.kind", "period"],
  ["retention.count", "2"],
  ["retention.unit", "years"],
  ["legalBasis", "consent"],
  ["places[]", "DE"],
  ["places[]", "FR"],
  ["sources[]", "told"],
  ["sharing", "none"],
  ["automation", "assisted"],
  ["benefits", "You see what fits\r\n\r\n  Nothing else  "],
  ["changeNote", ""],
];

function form(changes: Record<string, string | null> = {}): FormData {
  const data = new FormData();
  for (const [name, value] of complete) if (!(name in changes)) data.append(name, value);
  for (const [name, value] of Object.entries(changes)) if (value !== null) data.append(name, value);
  return data;
}

const save = (changes: Record<string, string | null> = {}) => parseInput(saveUse, formToObject(form(changes)));

function faultsOf(parse: () => unknown): string[] {
  try {
    parse();
  } catch (error) {
    if (error instanceof Refusal) return (error.faults ?? []).map((fault) => fault.path);
    throw error;
  }
  return [];
}

describe("the form of a draft", () => {
  test("becomes terms: years as months, empty rows left out, one promise a line", () => {
    expect(save()).toEqual({
      key: "bikes",
      draft,
      revision: 3,
      changeNote: "",
      terms: {
        categories: ["user.behavior"],
        purpose: "personalize",
        recipients: [{ name: "Parcel Co", kind: "processor" }],
        retention: { kind: "period", count: 24, unit: "months" },
        legalBasis: "consent",
        places: ["DE", "FR"],
        sources: ["told"],
        sharing: "none",
        automation: "assisted",
        benefits: ["You see what fits", "Nothing else"],
      },
    });
  });

  test("may be left half finished", () => {
    const half = save({ "categories[]": null, purpose: null, "places[]": null, "sources[]": null, benefits: null, "recipients[0].name": null, "recipients[0].kind": null, "recipients[1].name": null, "recipients[1].kind": null });
    expect(half.terms).toMatchObject({ categories: [], purpose: "", recipients: [], places: [], sources: [], benefits: [] });
  });

  test.each([
    ["retention.count", "", "retention.count"],
    ["retention.count", "0", "retention.count"],
    ["retention.count", "1.5", "retention.count"],
    ["retention.count", "-3", "retention.count"],
    ["retention.count", "1e3", "retention.count"],
    ["retention.count", "101", "retention.count"],
    ["retention.unit", "centuries", "retention.unit"],
    ["retention.kind", "forever", "retention.kind"],
    ["legalBasis", "because", "legalBasis"],
    ["places[]", "XX", "places[0]"],
    ["places[]", "de", "places[0]"],
    ["categories[]", "user..x", "categories[0]"],
    ["sources[]", "guessed", "sources[0]"],
    ["recipients[0].kind", "friend", "recipients[0].kind"],
    ["recipients[0].name", "x".repeat(121), "recipients[0].name"],
    ["recipients[0].name", "a\u0000b", "recipients[0].name"],
    ["benefits", "x".repeat(301), "benefits"],
    ["revision", "soon", "revision"],
    ["draft", "1", "draft"],
  ])("%s of %j is a fault at its field", (name, value, path) => {
    expect(faultsOf(() => save({ [name]: value }))).toEqual([path]);
  });

  test("nothing unasked for comes in", () => {
    expect(faultsOf(() => save({ publishedAt: "now" }))).toEqual([""]);
  });

  test("saving over another's state takes the newer revision", () => {
    expect(save({ over: "7" }).revision).toBe(7);
  });

  test("a number of days, and no number where there is no limit", () => {
    const only = z.strictObject({ retention: termsFields.retention });
    expect(only.parse({ retention: { kind: "period", count: "30", unit: "days" } }).retention).toEqual({ kind: "period", count: 30, unit: "days" });
    expect(only.parse({ retention: { kind: "indefinite", count: "nonsense" } }).retention).toEqual({ kind: "indefinite" });
  });
});

describe("a new data use", () => {
  const requestId = "00000000-0000-4000-8000-000000000000";
  test.each([
    [{ name: "Your interest in mountain bikes" }, "your-interest-in-mountain-bikes"],
    [{ name: "Lieferadresse für Österreich", key: "" }, "lieferadresse-fur-osterreich"],
    [{ name: "自転車", key: "bikes" }, "bikes"],
  ])("%j is kept as %s", (input, key) => {
    expect(parseInput(createUse, { requestId, ...input }).key).toBe(key);
  });

  test.each([{ name: "自転車" }, { name: "New" }, { name: "Words", key: "words" }, { name: "Bikes", key: "Bikes!" }])("%j wants another short name", (input) => {
    expect(faultsOf(() => parseInput(createUse, { requestId, ...input }))).toEqual(["key"]);
  });
});

test("publishing says which version was seen in force, or none", () => {
  const seen = { key: "bikes", draft, revision: "1", requestId: draft };
  expect(parseInput(publishUse, { ...seen, replaces: "" }).replaces).toBeNull();
  expect(parseInput(publishUse, { ...seen, replaces: "3" }).replaces).toBe(3);
  expect(faultsOf(() => parseInput(publishUse, seen))).toEqual(["replaces"]);
});

test("what is open, and what is worth another look, is said in sentences", () => {
  expect(openIn(emptyTerms).map((fault) => fault.path)).toEqual(["categories", "purpose"]);
  expect(hintsFor({ ...emptyTerms, categories: ["user"], recipients: [{ name: "Ad Co", kind: "partner" }] })).toHaveLength(5);
  expect(hintsFor({ ...emptyTerms, categories: ["user.contact"], sources: ["told"], places: ["DE"], benefits: ["Less typing"] })).toEqual([]);
});

test("countries are ISO 3166-1 and have names", () => {
  expect(countryCodes.size).toBe(249);
  expect(countriesByName().every(({ key, name }) => name !== key)).toBe(true);
});

test("a word of the organisation's own has a name, a meaning and a place", () => {
  expect(faultsOf(() => parseInput(addWord, { kind: "category", name: "", description: "" }))).toEqual(expect.arrayContaining(["parent", "name", "description"]));
  expect(segmentFromName("  Bikes, looked at (2026) ")).toBe("bikes_looked_at_2026");
  expect(segmentFromName("自転車")).toBe("");
});
