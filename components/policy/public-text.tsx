import { ChevronDown } from "lucide-react";
import type { PublicVersion } from "@/lib/contract/public-policy";
import { Contents } from "./contents";
import { PublicClauses } from "./public-clauses";
import { repeatsTitle } from "./repeated-title";

/** The text with its contents beside it where there is room, above it where there is not. */
export function PublicText({ version }: { version: PublicVersion }) {
  const headings = version.headings.filter((heading, index) => index > 0 || !repeatsTitle(heading.text, version.title));
  return (
    <div className="grid grid-cols-1 gap-x-14 gap-y-8 lg:grid-cols-[minmax(0,41rem)_minmax(0,15rem)] print:block">
      <div className="lg:order-2 lg:sticky lg:top-8 lg:max-h-[calc(100dvh-4rem)] lg:self-start lg:overflow-y-auto">
        <div className="hidden lg:block"><Contents headings={headings} /></div>
        <details className="rounded-lg border border-line bg-surface px-4 py-2 lg:hidden print:hidden">
          <summary className="flex min-h-11 items-center justify-between font-medium text-ink">
            Contents
            <ChevronDown className="lucide size-5 text-muted" aria-hidden="true" />
          </summary>
          <div className="pb-3 pt-1"><Contents headings={headings} label="In this policy" /></div>
        </details>
      </div>
      <article className="min-w-0"><PublicClauses clauses={version.clauses} title={version.title} locale={version.locale} /></article>
    </div>
  );
}
