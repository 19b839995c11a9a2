import { recipientKey } from "./compare-terms";
import {
  type Automation,
  type Dimension,
  type LegalBasis,
  type RecipientKind,
  type Retention,
  type Sharing,
  type Source,
  type Terms,
} from "./terms";

/** Names a category or purpose from its taxonomy key. */
export type NameOf = (key: string) => string;
/** Names a country from its ISO 3166-1 alpha-2 code. */
export type CountryOf = (code: string) => string;

/** One part of a dimension: what identifies it, and how it reads. */
export type Part = { readonly id: string; readonly words: string };

/** The parts of a dimension: any number for sets, exactly one for everything else. */
export function partsOf(dimension: Dimension, terms: Terms, nameOf: NameOf, countryOf: CountryOf): Part[] {
  switch (dimension) {
    case "categories":
      return terms.categories.map((key) => ({ id: key, words: nameOf(key) }));
    case "purpose":
      return [{ id: terms.purpose, words: nameOf(terms.purpose) }];
    case "recipients":
      return terms.recipients.map((recipient) => ({
        id: recipientKey(recipient),
        words: `${recipient.name} (${recipientWords[recipient.kind]})`,
      }));
    case "retention":
      return [alone(retentionInWords(terms.retention))];
    case "legalBasis":
      return [{ id: terms.legalBasis, words: basisWords[terms.legalBasis] }];
    case "places":
      return terms.places.map((code) => ({ id: code, words: countryOf(code) }));
    case "sources":
      return terms.sources.map((source) => ({ id: source, words: sourceWords[source] }));
    case "sharing":
      return [{ id: terms.sharing, words: sharingWords[terms.sharing] }];
    case "automation":
      return [{ id: terms.automation, words: automationWords[terms.automation] }];
    case "benefits":
      return terms.benefits.map((benefit) => ({ id: benefit, words: benefit.replace(/\.$/u, "") }));
  }
}

/**
 * All parts of a dimension as one phrase; an empty set reads as what it means. Promises are sentences of their own:
 * several of them stay sentences, each on a line.
 */
export function phrase(dimension: Dimension, parts: readonly Part[]): string {
  const words = parts.map((part) => part.words);
  if (words.length === 0) return emptyWords[dimension];
  return dimension === "benefits" && words.length > 1 ? words.map(asSentence).join("\n") : listed(words);
}

/** Parts within a sentence; a promise, which is one itself, stands in quotation marks. */
export function within(dimension: Dimension, words: readonly string[]): string {
  return listed(dimension === "benefits" ? words.map((one) => `“${one}”`) : words);
}

/** How long, as a length of time: `30 days`, `24 months`, `3 years`. */
export function retentionInWords(retention: Retention, inYears = readsAsYears(retention)): string {
  if (retention.kind === "relationship") return "as long as you are with us";
  if (retention.kind === "indefinite") return "without an end";
  if (retention.count === 0) return "not at all";
  return inYears && retention.unit === "months"
    ? counted(retention.count / 12, "years")
    : counted(retention.count, retention.unit);
}

/** Up to two years people count in months; from three on, whole years are the natural words. */
export function readsAsYears(retention: Retention): boolean {
  return retention.kind === "period" && retention.unit === "months" && retention.count >= 36 && retention.count % 12 === 0;
}

/** The English name of a country; the code itself when it names none. */
export function countryInEnglish(code: string): string {
  return /^[A-Z]{2}$/u.test(code) ? (countryNames.of(code) ?? code) : code;
}

/** `a`, `a and b`, `a, b and c`; semicolons where a part has a comma of its own. */
function listed(items: readonly string[]): string {
  const last = items.at(-1) ?? "";
  if (items.length < 2) return last;
  const semicolons = items.some((item) => item.includes(","));
  return `${items.slice(0, -1).join(semicolons ? "; " : ", ")}${semicolons ? "; and " : " and "}${last}`;
}

const countryNames = new Intl.DisplayNames(["en"], { type: "region" });

const recipientWords: { readonly [K in RecipientKind]: string } = {
  processor: "works on our behalf",
  partner: "a partner",
  "third-party": "an outside organisation",
  public: "open to everybody",
};

const basisWords: { readonly [B in LegalBasis]: string } = {
  consent: "because you permit it",
  contract: "because your contract with us needs it",
  "legal-obligation": "because the law requires it",
  "vital-interests": "because it protects somebody's life",
  "public-task": "because it serves a public task",
  "legitimate-interests": "because we have a legitimate interest, unless you object",
};

const sourceWords: { readonly [S in Source]: string } = {
  told: "you tell us",
  observed: "we notice it when you use our services",
  inferred: "we work it out from other data",
  obtained: "we get it from others",
};

const sharingWords: { readonly [S in Sharing]: string } = {
  none: "not shared",
  shared: "shared with others",
  sold: "sold",
};

const automationWords: { readonly [A in Automation]: string } = {
  none: "nothing",
  assisted: "suggestions, with a person deciding",
  decided: "decisions without a person",
  significant: "decisions without a person that affect you seriously",
};

const emptyWords: { readonly [D in Dimension]: string } = {
  categories: "nothing",
  purpose: "nothing",
  recipients: "nobody else",
  retention: "not at all",
  legalBasis: "no reason named",
  places: "no place named",
  sources: "no way named",
  sharing: "not shared",
  automation: "nothing",
  benefits: "nothing promised",
};

function asSentence(words: string): string {
  return /[.!?…。！？]$/u.test(words) ? words : `${words}.`;
}

function alone(words: string): Part {
  return { id: words, words };
}

function counted(count: number, unit: "days" | "months" | "years"): string {
  return `${count} ${count === 1 ? unit.slice(0, -1) : unit}`;
}
