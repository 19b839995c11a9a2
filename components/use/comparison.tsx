import { classNames } from "@/components/ui/class-names";
import { RelationBadge } from "@/components/ui/relation-badge";
import { Disclosure } from "@/components/ui/disclosure";
import type { Compared } from "@/lib/contract/use";
import type { DescribedComparison } from "@/lib/domain/terms-in-words";
import { TermValue } from "./terms-in-words";

/** Two versions dimension by dimension: what changed first, what stayed the same folded away. */
export function Comparison({ compared, fold = true }: { compared: Compared; fold?: boolean | undefined }) {
  const changed = compared.rows.filter((row) => row.relation !== "same");
  const same = compared.rows.filter((row) => row.relation === "same");
  return (
    <div>
      {changed.length === 0 ? <p className="text-muted">The terms are the same in every respect.</p> : <Changes rows={changed} />}
      {same.length === 0 ? null : fold ? (
        <div className="mt-4">
          <Disclosure summary={`${same.length} the same`}>
            <Changes rows={same} />
          </Disclosure>
        </div>
      ) : (
        <div className="mt-4 border-t border-line pt-4"><Changes rows={same} /></div>
      )}
    </div>
  );
}

function Changes({ rows }: { rows: readonly DescribedComparison[] }) {
  return (
    <ul className="divide-y divide-line">
      {rows.map((row) => (
        <li key={row.dimension} className="py-3.5 first:pt-0 last:pb-0">
          <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
            <p className="text-sm font-medium text-ink">{row.label}</p>
            <RelationBadge relation={row.relation} size="sm" />
          </div>
          {row.relation === "same" ? (
            <div className={classNames("mt-1 text-muted", upper(row, row.to))}><TermValue value={row.to} /></div>
          ) : (
            <>
              <p className="mt-1 text-ink first-letter:uppercase">{row.sentence}</p>
              <dl className="mt-2 grid grid-cols-1 gap-x-6 gap-y-1 text-sm sm:grid-cols-2">
                <div><dt className="text-faint">Before</dt><dd className={classNames("text-muted", upper(row, row.from))}><TermValue value={row.from} /></dd></div>
                <div><dt className="text-faint">After</dt><dd className={classNames("text-ink", upper(row, row.to))}><TermValue value={row.to} /></dd></div>
              </dl>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

/** A recipient's name, which has in brackets what it is, keeps the spelling it has; everything else begins as a sentence does. */
function upper({ dimension }: DescribedComparison, value: string): string | undefined {
  return dimension === "recipients" && value.endsWith(")") ? undefined : "first-letter:uppercase";
}
