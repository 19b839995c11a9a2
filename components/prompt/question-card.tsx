import { Gift, Undo2 } from "lucide-react";
import { type ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { Icon } from "@/components/ui/icon";
import { KeyValues } from "@/components/ui/key-values";
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
 * The picture of one question as a person is asked it: the question, what they get, what a no means, and the terms in
 * full. Yes and no are of one size and one colour: nothing leans towards either. Nothing happens when they are pressed.
 */
export function QuestionCard({ title, question, benefit, ifNo, yesLabel, noLabel, terms, locale, headingLevel = 2 }: QuestionCardProps) {
  const Heading = headingLevel === 2 ? "h2" : "h3";
  return (
    <article className="rounded-xl border border-line bg-surface shadow-md">
      <div className="p-5 sm:p-7">
        <div className="mb-3"><Badge tone="accent">A question for you</Badge></div>
        <Heading lang={locale} className="mb-5 font-serif text-2xl font-medium tracking-[-0.012em] text-ink">{title}</Heading>
        <div className="space-y-6">
          <p lang={locale} className="whitespace-pre-line text-lg leading-relaxed text-ink">{question}</p>
          {benefit || ifNo ? (
            <dl lang={locale} className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
              <Side icon={<Gift />} label="What you get">{benefit}</Side>
              <Side icon={<Undo2 />} label="If you say no">{ifNo}</Side>
            </dl>
          ) : null}
          {terms.length > 0 ? (
            <Disclosure summary="All the details">
              <KeyValues items={terms.map(({ label, value }) => ({ label, value }))} />
            </Disclosure>
          ) : null}
        </div>
      </div>
      <div lang={locale} className="grid gap-3 rounded-b-xl border-t border-line bg-sunken p-5 sm:grid-cols-2 sm:px-7">
        <Button variant="choice" size="lg" full>{yesLabel || "Yes button"}</Button>
        <Button variant="choice" size="lg" full>{noLabel || "No button"}</Button>
      </div>
    </article>
  );
}

function Side({ icon, label, children }: { icon: ReactNode; label: string; children: string }) {
  if (children === "") return null;
  return (
    <div className="relative pl-8">
      <dt className="text-sm font-medium text-muted">
        <Icon className="absolute left-0 top-0.5 text-accent">{icon}</Icon>
        {label}
      </dt>
      <dd className="mt-0.5 whitespace-pre-line text-ink">{children}</dd>
    </div>
  );
}
