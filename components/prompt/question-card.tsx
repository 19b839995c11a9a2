import { QuestionBody } from "@/components/person/question-body";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { DescribedTerm } from "@/lib/domain/terms-in-words";

export interface QuestionCardProps {
  title: string;
  question: string;
  benefit: string;
  /** What happens on no. */
  ifNo: string;
  yesLabel: string;
  noLabel: string;
  terms: readonly DescribedTerm[];
  /** BCP 47 tag of the wording. */
  locale: string;
  headingLevel?: 2 | 3 | undefined;
}

/**
 * The picture of one question as a person is asked it, with the same body. Yes and no are of one size and one colour:
 * nothing leans towards either. Nothing happens when they are pressed.
 */
export function QuestionCard({ title, question, benefit, ifNo, yesLabel, noLabel, terms, locale, headingLevel = 2 }: QuestionCardProps) {
  const Heading = headingLevel === 2 ? "h2" : "h3";
  return (
    <article className="rounded-xl border border-line bg-surface shadow-md">
      <div className="p-5 sm:p-7">
        <div className="mb-3"><Badge tone="accent">A question for you</Badge></div>
        <Heading lang={locale} className="mb-5 font-serif text-2xl font-medium tracking-[-0.012em] text-ink">{title}</Heading>
        <QuestionBody words={{ question, benefit, ifNo, terms, locale, changes: [] }} />
      </div>
      <div lang={locale} className="grid grid-cols-1 gap-3 rounded-b-xl border-t border-line bg-sunken p-5 sm:grid-cols-2 sm:px-7">
        <Button variant="choice" size="lg" full>{yesLabel || "Yes button"}</Button>
        <Button variant="choice" size="lg" full>{noLabel || "No button"}</Button>
      </div>
    </article>
  );
}
