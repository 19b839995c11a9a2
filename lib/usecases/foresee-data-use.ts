import type { AnswerCounts, Effect } from "@/lib/contract/use";
import { carries, type Reask } from "@/lib/domain/decision";
import type { Terms } from "@/lib/domain/terms";

type Numbered = { readonly number: number; readonly terms: Terms };

/**
 * What publishing a draft would do to the people who answered earlier versions, by the organisation's rule. On a basis
 * other than consent nobody is asked, so every answer stays as it is.
 */
export function foreseeDataUse(facts: {
  readonly draft: Numbered;
  readonly published: readonly Numbered[];
  readonly reask: Reask;
  readonly counts: ReadonlyMap<number, AnswerCounts>;
  readonly promptLive: boolean;
}): Effect {
  const { draft, published, reask, counts } = facts;
  const asks = draft.terms.legalBasis === "consent";
  const holding = published.filter((one) => !asks || carries(one.terms, draft.terms, reask, { answeredVersion: one.number, requestedVersion: draft.number }));
  const people = (versions: readonly Numbered[]) => versions.reduce((sum, one) => sum + total(counts.get(one.number)), 0);
  const stays = people(holding);
  return {
    reask,
    basis: draft.terms.legalBasis,
    asked: people(published) - stays,
    stays,
    carriedFrom: holding.map((one) => one.number).sort((a, b) => a - b),
    promptLive: facts.promptLive,
    first: published.length === 0,
  };
}

/** Everybody with an answer, a no like a yes. */
function total(counts: AnswerCounts | undefined): number {
  return counts ? counts.granted + counts.refused + counts.withdrawn + counts.objected : 0;
}
