import { KeyValues } from "@/components/ui/key-values";
import type { DescribedTerm } from "@/lib/domain/terms-in-words";

/** The terms as people read them, one line a dimension. */
export function TermsInWords({ terms, layout = "rows" }: { terms: readonly DescribedTerm[]; layout?: "rows" | "stacked" | undefined }) {
  return <KeyValues layout={layout} items={terms.map(({ label, value }) => ({ label, value: <TermValue value={value} /> }))} />;
}

/** What one dimension comes to; several sentences are a list. */
export function TermValue({ value }: { value: string }) {
  const sentences = value.split("\n");
  if (sentences.length === 1) return value;
  return <ul className="list-disc space-y-0.5 pl-4">{sentences.map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>;
}
