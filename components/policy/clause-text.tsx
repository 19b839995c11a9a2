import { Link2 } from "lucide-react";
import { Prose } from "@/components/ui/prose";
import { TextLink } from "@/components/ui/text-link";
import { hideRepeatedTitle, repeatsTitle } from "./repeated-title";
import type { RenderedText } from "@/lib/contract/policy-views";

/** A text clause by clause as staff read it, with the data uses that each clause cites beside it. */
export function ClauseText({ text }: { text: RenderedText }) {
  return (
    <div lang={text.locale} className="@container">
      {text.clauses.map((clause, index) => (
        <section key={clause.id} className="mt-7 grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-3 first:mt-0 @3xl:grid-cols-[minmax(0,38rem)_minmax(0,1fr)]">
          <Prose html={clause.html} className={index === 0 && repeatsTitle(clause.heading, text.title) ? hideRepeatedTitle : undefined} />
          {clause.uses.length > 0 ? (
            <div role="note" aria-label={`Data uses cited from ${clause.heading ?? "the introduction"}`} className="self-start rounded-md border border-line bg-sunken px-4 py-3 font-sans text-sm">
              <p className="text-muted">Describes</p>
              <ul className="mt-1 space-y-1">
                {clause.uses.map((use) => (
                  <li key={use.key} className="flex items-center gap-2">
                    <Link2 className="lucide size-4 text-faint" aria-hidden="true" />
                    <TextLink href={`/studio/uses/${use.key}`}>{use.name}</TextLink>
                  </li>
                ))}
              </ul>
            </div>
          ) : null}
        </section>
      ))}
    </div>
  );
}
