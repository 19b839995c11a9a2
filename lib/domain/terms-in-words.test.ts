import { describe, expect, test } from "vitest";
import { compareDimension } from "./compare-terms";
import { dimensions, type Dimension, type Retention, type Terms } from "./terms";
import { describeComparison, describeDraft, describeTerms, dimensionLabels } from "./terms-in-words";

const names: Record<string, string> = {
  "user.behavior.interests": "Interests",
  "user.contact": "Contact data",
  "user.contact.email": "Email address",
  "user.device": "Device data",
  "marketing.advertising": "Advertising",
  marketing: "Marketing",
};
const nameOf = (key: string) => names[key] ?? key;
const kept = (count: number, unit: "days" | "months"): Retention => ({ kind: "period", count, unit });

const bikes: Terms = {
  categories: ["user.behavior.interests", "user.contact.email"],
  purpose: "marketing.advertising",
  recipients: [{ name: "Acme Mail", kind: "processor" }],
  retention: kept(12, "months"),
  legalBasis: "consent",
  places: ["DE", "FR"],
  sources: ["told", "observed"],
  sharing: "none",
  automation: "assisted",
  benefits: ["You see bikes you like first."],
};

test("terms read in the order people ask, in plain words", () => {
  expect(describeTerms(bikes, nameOf).map(({ label, value }) => `${label}: ${value}`)).toEqual([
    "What is remembered: Interests and Email address",
    "What it is used for: Advertising",
    "What you get from it: You see bikes you like first",
    "How long it is kept: 12 months",
    "Who else receives it: Acme Mail (works on our behalf)",
    "Whether it is shared or sold: Not shared",
    "How it becomes known: You tell us and we notice it when you use our services",
    "What is decided automatically: Suggestions, with a person deciding",
    "Where it is kept or used: Germany and France",
    "Why it is allowed: Because you permit it",
  ]);
});

test("every dimension is told, and nothing at all reads as what it means", () => {
  const bare: Terms = { ...bikes, categories: [], recipients: [], places: [], sources: [], benefits: [] };
  const described = describeTerms(bare, nameOf);
  expect(described.map(({ dimension }) => dimension).sort()).toEqual([...dimensions].sort());
  const value = (wanted: Dimension) => described.find(({ dimension }) => dimension === wanted)?.value;
  expect([value("recipients"), value("benefits"), value("places")]).toEqual(["Nobody else", "Nothing promised", "No place named"]);
});

test("several promises stay sentences, each on a line", () => {
  const value = describeTerms({ ...bikes, benefits: ["You see bikes you like first.", "Your seat is kept for you", "Any questions?"] }, nameOf).find(({ dimension }) => dimension === "benefits")?.value;
  expect(value?.split("\n")).toEqual(["You see bikes you like first.", "Your seat is kept for you.", "Any questions?"]);
});

test("what a draft says nothing about yet is not chosen, rather than nothing", () => {
  const begun = describeDraft({ ...bikes, categories: [], places: [], sources: [], recipients: [] }, nameOf);
  const open = begun.filter(({ value }) => value === "Not chosen yet").map(({ dimension }) => dimension);
  expect(open).toEqual(["categories", "sources", "places"]);
  expect(begun.find(({ dimension }) => dimension === "recipients")?.value).toBe("Nobody else");
});

test("countries are named by whoever is asked, and a code that is none stays a code", () => {
  const where = (places: string[], ...rest: [] | [(code: string) => string]) =>
    describeTerms({ ...bikes, places }, nameOf, ...rest).find(({ dimension }) => dimension === "places")?.value;
  expect(where(["DE"], () => "Deutschland")).toBe("Deutschland");
  expect(where(["not a code"])).toBe("Not a code");
});

test("a recipient keeps the spelling of its name, and a comma in one parts the list by semicolons", () => {
  const who = (...all: string[]) =>
    describeTerms({ ...bikes, recipients: all.map((name) => ({ name, kind: "partner" })) }, nameOf).find(
      ({ dimension }) => dimension === "recipients",
    )?.value;
  expect(who("eBay")).toBe("eBay (a partner)");
  expect(who("Acme, Inc.", "Bolt")).toBe("Acme, Inc. (a partner); and Bolt (a partner)");
});

test.each<[Retention, string]>([
  [kept(1, "days"), "1 day"],
  [kept(1, "months"), "1 month"],
  [kept(24, "months"), "24 months"],
  [kept(36, "months"), "3 years"],
  [kept(40, "months"), "40 months"],
  [kept(0, "months"), "Not at all"],
  [{ kind: "relationship" }, "As long as you are with us"],
  [{ kind: "indefinite" }, "Without an end"],
])("kept %o reads as %s", (retention, value) => {
  expect(describeTerms({ ...bikes, retention }, nameOf).find(({ dimension }) => dimension === "retention")?.value).toBe(value);
});

const told = (change: Partial<Terms>, dimension: Dimension, from: Partial<Terms> = {}, agreed = true) => {
  const answered = { ...bikes, ...from };
  const live = { ...answered, ...change };
  const relation = compareDimension(dimension, answered, live);
  const { sentence, forCustomer } = describeComparison({ dimension, relation }, answered, live, nameOf, { agreed });
  return [sentence, forCustomer];
};

describe("changes in words", () => {
  test("kept longer", () => {
    const live = { ...bikes, retention: kept(24, "months") };
    expect(describeComparison({ dimension: "retention", relation: "wider" }, bikes, live, nameOf)).toEqual({
      dimension: "retention",
      label: dimensionLabels.retention,
      relation: "wider",
      from: "12 months",
      to: "24 months",
      sentence: "kept 12 → 24 months: wider",
      forCustomer: "It would be kept longer than you agreed to: 24 months instead of 12 months.",
    });
  });

  test.each<[Partial<Terms>, Dimension, Partial<Terms>, string, string]>([
    [{ retention: kept(1, "months") }, "retention", {}, "kept 12 → 1 month: narrower", "It would be kept for a shorter time than you agreed to: 1 month instead of 12 months."],
    [{ retention: kept(30, "days") }, "retention", {}, "kept 12 months → 30 days: narrower", "It would be kept for a shorter time than you agreed to: 30 days instead of 12 months."],
    [{ retention: kept(60, "months") }, "retention", {}, "kept 12 → 60 months: wider", "It would be kept longer than you agreed to: 60 months instead of 12 months."],
    [{ retention: kept(60, "months") }, "retention", { retention: kept(36, "months") }, "kept 3 → 5 years: wider", "It would be kept longer than you agreed to: 5 years instead of 3 years."],
    [{ retention: { kind: "relationship" } }, "retention", {}, "kept 12 months → as long as you are with us: different", "It would be kept for another length of time than you agreed to: as long as you are with us instead of 12 months."],
    [{ categories: [...bikes.categories, "user.device"] }, "categories", {}, "also remembers Device data: wider", "More would be remembered than you agreed to: also Device data."],
    [{ categories: ["user.contact"] }, "categories", { categories: ["user.contact.email"] }, "remembers Email address → Contact data: wider", "More would be remembered than you agreed to: Contact data instead of Email address."],
    [{ categories: ["user.contact.email"] }, "categories", {}, "no longer remembers Interests: narrower", "Less would be remembered than you agreed to: no longer Interests."],
    [{ purpose: "marketing" }, "purpose", {}, "used for Advertising → Marketing: wider", "It would be used for more than you agreed to: Marketing instead of Advertising."],
    [{ recipients: [{ name: "Bolt", kind: "partner" }] }, "recipients", {}, "also goes to Bolt (a partner), no longer goes to Acme Mail (works on our behalf): different", "It would go to other recipients than you agreed to: also Bolt (a partner), no longer Acme Mail (works on our behalf)."],
    [{ recipients: [] }, "recipients", {}, "no longer goes to Acme Mail (works on our behalf): narrower", "It would go to fewer recipients than you agreed to: no longer Acme Mail (works on our behalf)."],
    [{ recipients: [{ name: "ACME MAIL", kind: "processor" }, { name: "Bolt", kind: "partner" }] }, "recipients", {}, "also goes to Bolt (a partner): wider", "It would go to more recipients than you agreed to: also Bolt (a partner)."],
    [{ places: ["DE", "FR", "US"] }, "places", {}, "also kept or used in United States: wider", "It would be kept or used in more places than you agreed to: also United States."],
    [{ sources: ["told"] }, "sources", {}, "no longer known because we notice it when you use our services: narrower", "It would become known in fewer ways than you agreed to: no longer we notice it when you use our services."],
    [{ sharing: "sold" }, "sharing", {}, "not shared → sold: wider", "It would be shared further than you agreed to: sold instead of not shared."],
    [{ automation: "none" }, "automation", {}, "decided automatically: suggestions, with a person deciding → nothing: narrower", "Less would be decided automatically than you agreed to: nothing instead of suggestions, with a person deciding."],
    [{ legalBasis: "contract" }, "legalBasis", {}, "allowed because you permit it → because your contract with us needs it: different", "It would be allowed for another reason than you agreed to: because your contract with us needs it instead of because you permit it."],
    [{ benefits: [] }, "benefits", {}, "no longer promises “You see bikes you like first”: wider", "You would get less from it than you agreed to: no longer “You see bikes you like first”."],
    [{ benefits: [...bikes.benefits, "Seats kept"] }, "benefits", {}, "also promises “Seats kept”: narrower", "You would get more from it than you agreed to: also “Seats kept”."],
    [{}, "retention", {}, "kept 12 months: same", "How long it is kept stays the same."],
  ])("%o", (change, dimension, from, sentence, forCustomer) => {
    expect(told(change, dimension, from)).toEqual([sentence, forCustomer]);
  });

  test("who said no is never told that they had agreed", () => {
    expect(told({ retention: kept(24, "months") }, "retention", {}, false)[1]).toBe(
      "It would be kept longer than when you were last asked: 24 months instead of 12 months.",
    );
  });
});
