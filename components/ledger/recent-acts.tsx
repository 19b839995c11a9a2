import { kindLooks } from "@/components/ledger/kind-looks";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { Timeline } from "@/components/ui/timeline";
import type { LedgerLine } from "@/lib/contract/ledger";

/** What happened last, in plain words; each leads to its entry. */
export function RecentActs({ lines, now }: { lines: readonly LedgerLine[]; now: Date }) {
  return (
    <Timeline
      label="Recent acts"
      items={lines.map((line) => ({
        key: String(line.index),
        icon: kindLooks[line.kind].icon,
        tone: kindLooks[line.kind].tone,
        title: <TextLink quiet className="font-normal" href={`/studio/ledger/${line.index}`}>{line.words}</TextLink>,
        at: <Time at={line.at} show="relative" now={now} />,
      }))}
    />
  );
}
