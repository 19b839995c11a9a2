import type { Compared } from "@/lib/contract/use";
import { compareTerms, covers } from "@/lib/domain/compare-terms";
import type { Relation } from "@/lib/domain/compare-terms";
import type { Terms } from "@/lib/domain/terms";
import { describeComparison } from "@/lib/domain/terms-in-words";
import type { NameOf } from "@/lib/domain/words";

type Numbered = { readonly number: number; readonly terms: Terms };

/** How two versions stand to each other as a whole. */
export function relationBetween(from: Terms, to: Terms): Relation {
  const narrower = covers(from, to);
  const wider = covers(to, from);
  if (narrower) return wider ? "same" : "narrower";
  return wider ? "wider" : "different";
}

/** Two versions of a use, compared in plain words, one row a dimension. */
export function compareInWords(from: Numbered, to: Numbered, nameOf: NameOf): Compared {
  return {
    from: from.number,
    to: to.number,
    overall: relationBetween(from.terms, to.terms),
    rows: compareTerms(from.terms, to.terms).map((one) => describeComparison(one, from.terms, to.terms, nameOf)),
  };
}
