import { CursorPagination } from "@/components/ui/cursor-pagination";
import { StatusBadge } from "@/components/ui/status-badge";
import { TextLink } from "@/components/ui/text-link";
import type { PublicVersionHead } from "@/lib/contract/public-policy";
import { LongDate } from "./long-date";

export type PublicHistoryProps = {
  policy: string;
  history: readonly PublicVersionHead[];
  total: number;
  newerHref: string | undefined;
  olderHref: string | undefined;
};

/** Every version there was, newest first: when, what changed, and its own address. */
export function PublicHistory({ policy, history, total, newerHref, olderHref }: PublicHistoryProps) {
  return (
    <section id="history" aria-labelledby="history-title" className="scroll-mt-8 print:hidden">
      <h2 id="history-title" className="font-serif text-2xl font-medium text-ink">Every version</h2>
      <p className="mt-1 text-muted">{total === 1 ? "This is the only one so far." : `${total.toLocaleString("en-GB")} versions. None of them can be changed any more.`}</p>
      <ol className="mt-5 border-t border-line">
        {history.map((version) => (
          <li key={version.number} className="grid grid-cols-1 gap-x-6 gap-y-1 border-b border-line py-3.5 sm:grid-cols-[10rem_minmax(0,1fr)_auto]">
            <span className="tabular text-muted"><LongDate at={version.inForceFrom} /></span>
            <span className="min-w-0">
              <span className="mr-3 font-medium"><TextLink href={`/policies/${policy}/versions/${version.number}`}>Version {version.number}</TextLink></span>
              {version.standing === "in-force" ? <StatusBadge size="sm" status="live" /> : null}
              {version.standing === "announced" ? <StatusBadge size="sm" status="scheduled" label="Announced" /> : null}
              {version.changeNote ? <span className="mt-0.5 block font-serif text-lg text-muted">{version.changeNote}</span> : null}
            </span>
            {version.number > 1 && version.number > (history.at(-1)?.number ?? 1) ? (
              <TextLink quiet href={`/policies/${policy}/compare/${previous(history, version.number)}/${version.number}`}>What changed</TextLink>
            ) : null}
          </li>
        ))}
      </ol>
      <CursorPagination label="Pages of versions" newerHref={newerHref} olderHref={olderHref} />
    </section>
  );
}

/** The version before one, as the list has it: numbers can have gaps where a version was called off. */
function previous(history: readonly PublicVersionHead[], number: number): number {
  return history.find((version) => version.number < number)?.number ?? number;
}
