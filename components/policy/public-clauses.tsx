import { Handshake } from "lucide-react";
import { Disclosure } from "@/components/ui/disclosure";
import { Prose } from "@/components/ui/prose";
import { TermValue } from "@/components/use/terms-in-words";
import type { CitedTerms, PublicClause } from "@/lib/contract/public-policy";
import { hideRepeatedTitle, repeatsTitle } from "./repeated-title";

/** A policy as people read it: its words, and below a clause the data uses it describes, in plain terms. */
export function PublicClauses({ clauses, title, locale }: { clauses: readonly PublicClause[]; title: string; locale: string }) {
  return (
    <div>
      {clauses.map((clause, index) => (
        <div key={clause.id} className="mt-8 first:mt-0">
          <Prose html={clause.html} lang={locale} size="lg" className={index === 0 && repeatsTitle(clause.heading, title) ? hideRepeatedTitle : undefined} />
          {clause.uses.length > 0 ? <Uses clause={clause} /> : null}
        </div>
      ))}
    </div>
  );
}

function Uses({ clause }: { clause: PublicClause }) {
  return (
    <aside aria-label={`In plain terms: ${clause.heading ?? "introduction"}`} className="mt-5 max-w-[41rem] break-inside-avoid rounded-lg border border-accent-line bg-accent-soft px-5 py-4">
      <p className="flex items-center gap-2 text-sm font-semibold text-accent">
        <Handshake className="lucide size-4" aria-hidden="true" />
        In plain terms
      </p>
      <ul className="mt-1.5 space-y-1">
        {clause.uses.map((use) => <li key={use.key}><Use use={use} /></li>)}
      </ul>
    </aside>
  );
}

function Use({ use }: { use: CitedTerms }) {
  return (
    <Disclosure summary={use.name}>
      <dl className="grid grid-cols-1 gap-x-6 gap-y-2 pb-2 text-sm sm:grid-cols-[11rem_minmax(0,1fr)]">
        {use.terms.map((term) => (
          <div key={term.dimension} className="contents">
            <dt className="text-muted">{term.label}</dt>
            <dd className="mb-1.5 text-ink sm:mb-0"><TermValue value={term.value} /></dd>
          </div>
        ))}
      </dl>
    </Disclosure>
  );
}
