import { decide, type Decision, type DecisionFacts } from "./decision";
import { subsumes } from "./taxonomy";
import type { Source, Terms } from "./terms";

/** Whether terms reach to data of this category, come to be known in this way. */
export function reaches(terms: Pick<Terms, "categories" | "sources">, item: { readonly category: string; readonly source: Source }): { readonly category: boolean; readonly source: boolean } {
  return { category: terms.categories.some((above) => subsumes(above, item.category)), source: terms.sources.includes(item.source) };
}

/**
 * Whether something remembered may be used now: its use is decided on like any other, and the version asked for has to
 * reach to it. A yes for one time is not one to remember under. What is frozen waits for its end or a new yes.
 */
export function mayRecall(
  facts: Omit<DecisionFacts, "requested"> & { readonly requested: DecisionFacts["requested"] & { readonly terms: Pick<Terms, "categories" | "sources"> } },
  item: { readonly category: string; readonly source: Source; readonly frozen: boolean; readonly once: boolean },
): Decision & { readonly covered: boolean } {
  const decision = decide(facts);
  const { category, source } = reaches(facts.requested.terms, item);
  return { ...decision, covered: !item.frozen && !(item.once && decision.reason === "granted") && decision.allowed && category && source };
}
