/** One entry of the taxonomy by which data uses are described: fideslang's, or the organisation's own. */
export type TaxonomyTerm = {
  /** Dotted, e.g. `user.contact.email`; the dots are what subsumption rests on. */
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly parentKey: string | null;
  readonly kind: "category" | "purpose" | "subject";
  readonly origin: "fideslang" | "own";
};

/** Whether `upper` is `lower` or stands above it: `user.contact` subsumes `user.contact.email`, not `user.contacts`. */
export function subsumes(upper: string, lower: string): boolean {
  return lower === upper || lower.startsWith(`${upper}.`);
}

/** Every key above this one, outermost first: `a.b.c` gives `a`, `a.b`. */
export function ancestorsOf(key: string): string[] {
  const parts = key.split(".");
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("."));
}

/** The same reach in the fewest keys: drops repeated keys and those another key subsumes, and sorts the rest. */
export function antichain(keys: readonly string[]): string[] {
  const all = new Set(keys);
  return [...all].filter((key) => !ancestorsOf(key).some((above) => all.has(above))).sort();
}

/**
 * Entries that match every word of the query, best first: a word of the name counts most, then of the key,
 * then of the description; the beginning of a word is enough. An empty query gives everything as it came.
 */
export function searchTaxonomy<T extends TaxonomyTerm>(terms: readonly T[], query: string): T[] {
  const wanted = wordsOf(query);
  if (wanted.length === 0) return [...terms];
  return terms
    .map((term) => ({ term, score: scoreOf(term, wanted) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || (a.term.key < b.term.key ? -1 : 1))
    .map(({ term }) => term);
}

function scoreOf(term: TaxonomyTerm, wanted: readonly string[]): number {
  const fields: [readonly string[], number][] = [
    [wordsOf(term.name), 8],
    [wordsOf(term.key), 4],
    [wordsOf(term.description), 1],
  ];
  const scores = wanted.map((word) => Math.max(...fields.map(([words, weight]) => weight * likeness(words, word))));
  if (scores.includes(0)) return 0;
  // The whole name typed out is what somebody means, before every longer name that contains it.
  const exact = wordsOf(term.name).join(" ") === wanted.join(" ") ? 100 : 0;
  return exact + scores.reduce((sum, score) => sum + score, 0);
}

function likeness(words: readonly string[], wanted: string): number {
  if (words.includes(wanted)) return 3;
  return words.some((word) => word.startsWith(wanted)) ? 2 : 0;
}

/** Words without case or accents, so that `categorie` finds `Catégories`. */
function wordsOf(text: string): string[] {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}
