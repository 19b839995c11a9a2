import { GitCompareArrows } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { absoluteTime } from "@/components/ui/time";
import type { ComparedSide, ComparisonStats, PolicyComparison } from "@/lib/contract/policy-comparison";
import { Parts } from "./comparison-view";

/** A version to choose, with what tells it apart. */
export type VersionChoice = { readonly number: number; readonly inForceFrom: Date | null; readonly note?: string | undefined };

/** Any two versions, by number and date; a plain form, so it works without a script. */
export function VersionPicker({ action, versions, from, to, view }: { action: string; versions: readonly VersionChoice[]; from: number; to: number; view: string }) {
  const options = versions.map(({ number, inForceFrom, note }) => ({
    value: String(number),
    label: `${number} · ${inForceFrom ? absoluteTime(inForceFrom, "date") : "draft"}${note ? ` · ${note}` : ""}`,
  }));
  return (
    <form method="get" action={action} className="flex flex-wrap items-end gap-x-4 gap-y-3 print:hidden">
      <div className="min-w-0 flex-1 basis-full sm:max-w-64 sm:basis-0">
        <label htmlFor="from" className="mb-1.5 block text-sm font-medium text-ink">From version</label>
        <Select id="from" name="from" options={options} defaultValue={String(from)} />
      </div>
      <div className="min-w-0 flex-1 basis-full sm:max-w-64 sm:basis-0">
        <label htmlFor="to" className="mb-1.5 block text-sm font-medium text-ink">To version</label>
        <Select id="to" name="to" options={options} defaultValue={String(to)} />
      </div>
      {view === "inline" ? null : <input type="hidden" name="view" value={view} />}
      <Button type="submit" icon={<GitCompareArrows />}>Compare</Button>
    </form>
  );
}

/** How much came and went, and when. */
export function ComparisonFacts({ comparison }: { comparison: Pick<PolicyComparison, "from" | "to" | "stats" | "titles"> }) {
  const { from, to, stats, titles } = comparison;
  const renamed = titles.some((part) => part.kind !== "same");
  return (
    <div className="space-y-3">
      <p className="text-muted">
        {sideWords(from)} <span aria-hidden="true">→</span><span className="sr-only">to</span> {sideWords(to)}
      </p>
      <StatsLine stats={stats} />
      {renamed ? <p className="font-serif text-lg">Title: <Parts parts={titles} /></p> : null}
    </div>
  );
}

function sideWords({ number, inForceFrom }: ComparedSide) {
  return (
    <span className="whitespace-nowrap">
      <span className="font-medium text-ink">Version {number}</span>
      {inForceFrom ? `, ${absoluteTime(inForceFrom, "date")}` : ", draft"}
    </span>
  );
}

function StatsLine({ stats }: { stats: ComparisonStats }) {
  const before = stats.sameWords + stats.removedWords;
  const share = before === 0 ? 0 : Math.round((100 * stats.sameWords) / before);
  if (stats.addedWords === 0 && stats.removedWords === 0) return <p className="font-medium text-ink">The words are the same.</p>;
  const words = (count: number) => `${count.toLocaleString("en-GB")} ${count === 1 ? "word" : "words"}`;
  return (
    <p className="tabular flex flex-wrap gap-x-5 gap-y-1 text-sm">
      {stats.addedWords > 0 ? <span><ins className="px-1">{words(stats.addedWords)}</ins> added</span> : null}
      {stats.removedWords > 0 ? <span><del className="px-1">{words(stats.removedWords)}</del> removed</span> : null}
      <span className="text-muted">{share}% of the earlier words stayed</span>
    </p>
  );
}
