import { normaliseTerms, type Comparison, type Relation } from "./compare-terms";
import { type Dimension, type Retention, type Terms } from "./terms";
import {
  countryInEnglish,
  partsOf,
  phrase,
  readsAsYears,
  retentionInWords,
  within,
  type CountryOf,
  type NameOf,
} from "./words";

/** One line of the terms as people read them; a value of several sentences has a line for each. */
export type DescribedTerm = { readonly dimension: Dimension; readonly label: string; readonly value: string };

/** One dimension of a difference as people read it. */
export type DescribedComparison = {
  readonly dimension: Dimension;
  readonly label: string;
  readonly relation: Relation;
  readonly from: string;
  readonly to: string;
  /** For officers: `kept 12 → 24 months: wider`. */
  readonly sentence: string;
  /** For the person: `It would be kept longer than you agreed to: 24 months instead of 12 months.` */
  readonly forCustomer: string;
};

/** What each dimension is called, for officers and customers alike. */
export const dimensionLabels: { readonly [D in Dimension]: string } = {
  categories: "What is remembered",
  purpose: "What it is used for",
  recipients: "Who else receives it",
  retention: "How long it is kept",
  legalBasis: "Why it is allowed",
  places: "Where it is kept or used",
  sources: "How it becomes known",
  sharing: "Whether it is shared or sold",
  automation: "What is decided automatically",
  benefits: "What you get from it",
};

/** In the order people ask: what, what for, what do I get; then how long, who, where; the formal part last. */
const readingOrder = [
  "categories",
  "purpose",
  "benefits",
  "retention",
  "recipients",
  "sharing",
  "sources",
  "automation",
  "places",
  "legalBasis",
] as const satisfies readonly Dimension[];

/** The terms in plain English, one line per dimension, in the order people ask. Countries are named in English unless told. */
export function describeTerms(terms: Terms, nameOf: NameOf, countryOf: CountryOf = countryInEnglish): DescribedTerm[] {
  return readingOrder.map((dimension) => {
    const parts = partsOf(dimension, terms, nameOf, countryOf);
    const value = phrase(dimension, parts);
    // A recipient's name keeps the spelling it has.
    const asIs = dimension === "recipients" && parts.length > 0;
    return { dimension, label: dimensionLabels[dimension], value: asIs ? value : capitalised(value) };
  });
}

/** A draft's terms: what nothing was said about yet reads as that, and not as a promise of nothing. */
export function describeDraft(terms: Terms, nameOf: NameOf, countryOf: CountryOf = countryInEnglish): DescribedTerm[] {
  const open: readonly Dimension[] = (["categories", "sources", "places"] as const).filter((dimension) => terms[dimension].length === 0);
  return describeTerms(terms, nameOf, countryOf).map((term) => (open.includes(term.dimension) ? { ...term, value: "Not chosen yet" } : term));
}

export type ComparisonOptions = {
  readonly countryOf?: CountryOf;
  /** Whether the person agreed to the answered terms; after a no, nothing they read may say that they had. Default true. */
  readonly agreed?: boolean;
};

/**
 * One dimension of `compareTerms(answered, live)` in plain English. Sets read as what came and went; everything else,
 * and categories replaced by finer or coarser ones, as before and after.
 */
export function describeComparison(
  { dimension, relation }: Comparison,
  answered: Terms,
  live: Terms,
  nameOf: NameOf,
  { countryOf = countryInEnglish, agreed = true }: ComparisonOptions = {},
): DescribedComparison {
  const before = normaliseTerms(answered);
  const after = normaliseTerms(live);
  const old = partsOf(dimension, before, nameOf, countryOf);
  const now = partsOf(dimension, after, nameOf, countryOf);
  const years = readsAsYears(before.retention) && readsAsYears(after.retention);
  const from = dimension === "retention" ? retentionInWords(before.retention, years) : phrase(dimension, old);
  const to = dimension === "retention" ? retentionInWords(after.retention, years) : phrase(dimension, now);
  const said = { dimension, label: dimensionLabels[dimension], relation, from, to };
  if (relation === "same") {
    return { ...said, sentence: `${leads[dimension]}${to}: same`, forCustomer: `${said.label} stays the same.` };
  }

  const came = now.filter(({ id }) => !old.some((part) => part.id === id)).map(({ words }) => words);
  const went = old.filter(({ id }) => !now.some((part) => part.id === id)).map(({ words }) => words);
  const replaced = !isSet(dimension) || (dimension === "categories" && came.length > 0 && went.length > 0);
  const arrow = dimension === "retention" ? retentionArrow(before.retention, after.retention, from, to) : `${from} → ${to}`;
  const lead = leads[dimension];
  const change = replaced ? `${lead}${arrow}` : cameAndWent(dimension, `also ${lead}`, came, `no longer ${lead}`, went);
  const detail = replaced ? `${to} instead of ${from}` : cameAndWent(dimension, "also ", came, "no longer ", went);
  const claim = claims[dimension][relation].replace("THAN", agreed ? "than you agreed to" : "than when you were last asked");
  return { ...said, sentence: `${change}: ${relation}`, forCustomer: `${claim}: ${detail}.` };
}

/** How an officer's sentence begins; with `also` or `no longer` before it for sets. */
const leads: { readonly [D in Dimension]: string } = {
  categories: "remembers ",
  purpose: "used for ",
  recipients: "goes to ",
  retention: "kept ",
  legalBasis: "allowed ",
  places: "kept or used in ",
  sources: "known because ",
  sharing: "",
  automation: "decided automatically: ",
  benefits: "promises ",
};

/** What a change means to the person; THAN becomes what it is measured against. */
const claims: { readonly [D in Dimension]: { readonly [R in Exclude<Relation, "same">]: string } } = {
  categories: graded("@ would be remembered THAN", "More", "Less", "Something else"),
  purpose: graded("It would be used for @ THAN", "more", "less", "something else"),
  recipients: graded("It would go to @ recipients THAN", "more", "fewer", "other"),
  retention: graded("It would be kept @ THAN", "longer", "for a shorter time", "for another length of time"),
  legalBasis: graded("It would be allowed for @ reason THAN", "another", "another", "another"),
  places: graded("It would be kept or used in @ places THAN", "more", "fewer", "other"),
  sources: graded("It would become known in @ ways THAN", "more", "fewer", "other"),
  sharing: graded("It would be shared @ THAN", "further", "less", "differently"),
  automation: graded("@ would be decided automatically THAN", "More", "Less", "Something else"),
  // The person's side of the deal: the wider the use reaches, the less they get for it.
  benefits: graded("You would get @ from it THAN", "less", "more", "something else"),
};

function graded(pattern: string, wider: string, narrower: string, different: string) {
  const fill = (word: string) => pattern.replace("@", word);
  return { wider: fill(wider), narrower: fill(narrower), different: fill(different) };
}

function isSet(dimension: Dimension): boolean {
  return ["categories", "recipients", "places", "sources", "benefits"].includes(dimension);
}

function cameAndWent(dimension: Dimension, also: string, came: readonly string[], noLonger: string, went: readonly string[]): string {
  const parts = [came.length > 0 ? also + within(dimension, came) : "", went.length > 0 ? noLonger + within(dimension, went) : ""];
  return parts.filter((part) => part !== "").join(", ");
}

/** `12 → 24 months` rather than `12 months → 24 months`. */
function retentionArrow(before: Retention, after: Retention, from: string, to: string): string {
  const counted = [before, after].every((retention) => retention.kind === "period" && retention.count > 0);
  const sameUnit = before.kind === "period" && after.kind === "period" && before.unit === after.unit;
  return counted && sameUnit ? `${from.split(" ")[0] ?? from} → ${to}` : `${from} → ${to}`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
