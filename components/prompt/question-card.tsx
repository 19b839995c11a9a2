import { type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { RelationBadge } from "@/components/ui/relation-badge";
import type { DueReason } from "@/lib/domain/decision";
import type { Relation } from "@/lib/domain/compare-terms";
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
  /** The difference against what this person last answered, in sentences meant for them. */
  changes?: readonly { readonly sentence: string; readonly relation: Relation }[] | undefined;
  /** BCP 47 tag of the wording. */
  locale: string;
  /** Why it is asked now. */
  reason?: DueReason | undefined;
  /** Makes the buttons answer: they post `answer=granted` or `answer=refused`. Without it the card is a picture of itself. */
  answer?: { readonly action: string | ((form: FormData) => void | Promise<void>); readonly fields: Readonly<Record<string, string>> } | undefined;
  headingLevel?: 2 | 3 | undefined;
}

const reasons: { readonly [R in DueReason]: string } = {
  "never-asked": "A question for you",
  "use-changed": "This has changed, so we ask you again",
  expired: "Your answer is some time ago, so we ask again",
};

/**
 * One question as a person sees it: what is asked, what they get, what a no means, and the terms in full. Yes and no
 * are of one size, one colour and one line: nothing leans towards either.
 */
export function QuestionCard({ title, question, benefit, ifNo, yesLabel, noLabel, terms, changes = [], locale, reason, answer, headingLevel = 2 }: QuestionCardProps) {
  const Heading = headingLevel === 2 ? "h2" : "h3";
  return (
    <article className="overflow-clip rounded-xl border border-line bg-surface shadow-sm">
      <div className="p-5 sm:p-7">
        {reason ? <p className="mb-2 text-sm font-medium text-accent">{reasons[reason]}</p> : null}
        <div lang={locale}>
          <Heading className="font-serif text-xl font-medium text-ink">{title}</Heading>
          <p className="mt-2 text-lg whitespace-pre-line text-ink">{question}</p>
        </div>
        {changes.length > 0 ? <WhatChanged changes={changes} /> : null}
        <dl className="mt-5 space-y-4" >
          <Part label="What you get">{benefit}</Part>
          <Part label="If you say no">{ifNo}</Part>
        </dl>
        <div className="mt-5">
          <Disclosure summary="Everything about it">
            <dl className="divide-y divide-line border-t border-line">
              {terms.map((term) => (
                <div key={term.dimension} className="grid gap-x-6 gap-y-0.5 py-2.5 sm:grid-cols-[minmax(8rem,12rem)_1fr]">
                  <dt className="text-sm text-muted">{term.label}</dt>
                  <dd className="text-ink">{term.value}</dd>
                </div>
              ))}
            </dl>
          </Disclosure>
        </div>
      </div>
      <div className="border-t border-line bg-sunken p-5 sm:px-7">
        <Choices {...{ yesLabel, noLabel, locale, answer }} />
      </div>
    </article>
  );
}

function Part({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-sm text-muted">{label}</dt>
      <dd className="whitespace-pre-line text-ink">{children}</dd>
    </div>
  );
}

function WhatChanged({ changes }: { changes: NonNullable<QuestionCardProps["changes"]> }) {
  return (
    <div className="mt-5 rounded-lg border border-warn-line bg-warn-soft p-4">
      <p className="font-medium text-ink">What has changed since you answered</p>
      <ul className="mt-2 space-y-2">
        {changes.map((change) => (
          <li key={change.sentence} className="flex flex-wrap items-start gap-x-3 gap-y-1 text-ink">
            <RelationBadge relation={change.relation} size="sm" />
            <span className="min-w-0 flex-1 basis-60">{change.sentence}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Choices({ yesLabel, noLabel, locale, answer }: Pick<QuestionCardProps, "yesLabel" | "noLabel" | "locale" | "answer">) {
  const type = answer ? "submit" : "button";
  const buttons = (
    <div lang={locale} className="grid grid-cols-2 gap-3">
      <Button type={type} variant="choice" size="lg" full name="answer" value="granted">{yesLabel || "…"}</Button>
      <Button type={type} variant="choice" size="lg" full name="answer" value="refused">{noLabel || "…"}</Button>
    </div>
  );
  if (!answer) return buttons;
  return (
    <form action={answer.action} {...(typeof answer.action === "string" ? { method: "post" } : {})}>
      {Object.entries(answer.fields).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
      {buttons}
    </form>
  );
}
