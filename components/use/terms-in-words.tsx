import { KeyValues } from "@/components/ui/key-values";
import type { DescribedTerm } from "@/lib/domain/terms-in-words";

/** The terms as people read them, one line a dimension. */
export function TermsInWords({ terms, layout = "rows" }: { terms: readonly DescribedTerm[]; layout?: "rows" | "stacked" | undefined }) {
  return <KeyValues layout={layout} items={terms.map(({ label, value }) => ({ label, value }))} />;
}
