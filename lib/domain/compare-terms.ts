import { antichain, subsumes } from "./taxonomy";
import {
  automations,
  dimensions,
  sharings,
  sources,
  type Dimension,
  type Recipient,
  type Retention,
  type Terms,
} from "./terms";

/** How a dimension of the live terms stands to the answered ones; `narrower` asks less of the person. */
export type Relation = "same" | "narrower" | "wider" | "different";
export type Comparison = { readonly dimension: Dimension; readonly relation: Relation };

/**
 * Terms in the one form that all spellings of the same deal share: trimmed, without repetitions, sorted, categories
 * as an antichain. Recipients keep a readable spelling; `termsKey` is what ignores their case.
 */
export function normaliseTerms(terms: Terms): Terms {
  return {
    categories: antichain(tidied(terms.categories)),
    purpose: terms.purpose.trim(),
    recipients: normaliseRecipients(terms.recipients),
    retention: normaliseRetention(terms.retention),
    legalBasis: terms.legalBasis,
    places: unique(tidied(terms.places).map((place) => place.toUpperCase())).sort(),
    sources: sources.filter((source) => terms.sources.includes(source)),
    sharing: terms.sharing,
    automation: terms.automation,
    benefits: unique(tidied(terms.benefits)).sort(),
  };
}

/** One string per deal: two terms have the same key exactly when every dimension compares as `same`. */
export function termsKey(terms: Terms): string {
  const normal = normaliseTerms(terms);
  const retention = normal.retention.kind === "period" ? [normal.retention.count, normal.retention.unit] : [normal.retention.kind];
  return JSON.stringify([
    normal.categories,
    normal.purpose,
    normal.recipients.map(recipientKey),
    retention,
    normal.legalBasis,
    normal.places,
    normal.sources,
    normal.sharing,
    normal.automation,
    normal.benefits,
  ]);
}

/** Whether two terms are the same deal, however they are spelled or ordered. */
export function sameTerms(a: Terms, b: Terms): boolean {
  return termsKey(a) === termsKey(b);
}

/** How one dimension of `live` stands to what was `answered`. */
export function compareDimension(dimension: Dimension, answered: Terms, live: Terms): Relation {
  return relate(dimension, normaliseTerms(answered), normaliseTerms(live));
}

/** The difference between what was answered and what is live: one entry per dimension, in the order of `dimensions`. */
export function compareTerms(answered: Terms, live: Terms): Comparison[] {
  const before = normaliseTerms(answered);
  const after = normaliseTerms(live);
  return dimensions.map((dimension) => ({ dimension, relation: relate(dimension, before, after) }));
}

/** Whether an answer to `answered` reaches `live`: no dimension asks for more, or for something else. */
export function covers(answered: Terms, live: Terms): boolean {
  const before = normaliseTerms(answered);
  const after = normaliseTerms(live);
  return dimensions.every((dimension) => asksAtMost[dimension](after, before));
}

/** Both relations come from one order, so `wider` is always the mirror image of `narrower`. */
function relate(dimension: Dimension, answered: Terms, live: Terms): Relation {
  const narrower = asksAtMost[dimension](live, answered);
  const wider = asksAtMost[dimension](answered, live);
  if (narrower) return wider ? "same" : "narrower";
  return wider ? "wider" : "different";
}

/** Per dimension: whether `a` asks no more of the person than `b`. Both are in normal form. */
const asksAtMost: { readonly [D in Dimension]: (a: Terms, b: Terms) => boolean } = {
  categories: (a, b) => a.categories.every((key) => b.categories.some((upper) => subsumes(upper, key))),
  purpose: (a, b) => subsumes(b.purpose, a.purpose),
  recipients: (a, b) => isSubset(a.recipients.map(recipientKey), b.recipients.map(recipientKey)),
  retention: (a, b) => keptAtMost(a.retention, b.retention),
  legalBasis: (a, b) => a.legalBasis === b.legalBasis,
  places: (a, b) => isSubset(a.places, b.places),
  sources: (a, b) => isSubset(a.sources, b.sources),
  sharing: (a, b) => sharings.indexOf(a.sharing) <= sharings.indexOf(b.sharing),
  automation: (a, b) => automations.indexOf(a.automation) <= automations.indexOf(b.automation),
  // The other way round: what is promised to the person is their side of the deal, and dropping it asks more of them.
  benefits: (a, b) => isSubset(b.benefits, a.benefits),
};

/** Whether `a` is provably kept no longer than `b`, whatever day the counting begins. */
function keptAtMost(a: Retention, b: Retention): boolean {
  if (b.kind === "indefinite") return true;
  if (a.kind !== "period" || b.kind !== "period") return a.kind === b.kind;
  if (a.unit === b.unit) return a.count <= b.count;
  return a.unit === "days" ? a.count <= fewestDays(b.count) : mostDays(a.count) <= b.count;
}

const fewestDaysOfMonths = [0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334] as const;
const mostDaysOfMonths = [0, 31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337] as const;

/** The fewest days that many whole months can have, leap years left out. */
function fewestDays(months: number): number {
  return 365 * Math.floor(months / 12) + (fewestDaysOfMonths[months % 12] ?? 0);
}

/** The most days that many whole months can have, every year taken as a leap year. */
function mostDays(months: number): number {
  return 366 * Math.floor(months / 12) + (mostDaysOfMonths[months % 12] ?? 0);
}

/** No days and no months are the same nothing. */
function normaliseRetention(retention: Retention): Retention {
  if (retention.kind !== "period") return { kind: retention.kind };
  return { kind: "period", count: retention.count, unit: retention.count === 0 ? "days" : retention.unit };
}

function normaliseRecipients(recipients: readonly Recipient[]): Recipient[] {
  const spelled = recipients
    .map(({ name, kind }) => ({ name: tidy(name), kind }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const byKey = new Map<string, Recipient>();
  for (const recipient of spelled) {
    const key = recipientKey(recipient);
    if (!byKey.has(key)) byKey.set(key, recipient);
  }
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, recipient]) => recipient);
}

/** What makes two recipients the same one: kind, and name without regard to case. */
export function recipientKey({ name, kind }: Recipient): string {
  return `${kind} ${tidy(tidy(name).toLowerCase())}`;
}

function isSubset(a: readonly string[], b: readonly string[]): boolean {
  return a.every((item) => b.includes(item));
}

function unique(items: readonly string[]): string[] {
  return [...new Set(items)];
}

/** Texts trimmed, empty ones left out. */
function tidied(texts: readonly string[]): string[] {
  return texts.map(tidy).filter((text) => text !== "");
}

/** One spelling for what looks the same: composed characters (Unicode NFC), single spaces. */
function tidy(text: string): string {
  return text.normalize("NFC").trim().replace(/\s+/gu, " ");
}
