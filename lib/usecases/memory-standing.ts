import type { FoundItem, Standing } from "@/lib/data/memory";
import type { DecisionFacts } from "@/lib/domain/decision";
import { mayRecall } from "@/lib/domain/memory";
import type { Terms } from "@/lib/domain/terms";

type Facts = Omit<DecisionFacts, "requested"> & { readonly requested: DecisionFacts["requested"] & { readonly terms: Terms } };

/** What the domain judges by; null where the use has no such published version. */
export function factsOf({ requested, basis, terms, live, liveBasis, state, answered, expiresAt, carries, declined, declinedCarries, spent, signal, now }: Standing): Facts | null {
  if (requested === null || basis === null || terms === null) return null;
  return {
    requested: { version: requested, basis, terms },
    live: live === null || liveBasis === null ? null : { version: live, basis: liveBasis },
    permission: state === null || answered === null ? null : { state, version: answered, expiresAt, declined, spent },
    carries,
    declinedCarries,
    signal,
    now,
  };
}

/** Whether an item may be used now under the version it was looked up by. */
export function isCovered(item: FoundItem): boolean {
  const facts = factsOf(item);
  return facts !== null && mayRecall(facts, { category: item.category, source: item.source, frozen: item.frozenAt !== null, once: item.once }).covered;
}
