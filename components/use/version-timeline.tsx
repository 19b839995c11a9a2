import { BadgeCheck, PencilLine } from "lucide-react";
import { RelationBadge } from "@/components/ui/relation-badge";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { Timeline, type TimelineItem } from "@/components/ui/timeline";
import type { AnswerCounts, UseView } from "@/lib/contract/use";

/** Every version of a use, newest first, the draft on top. */
export function UseVersions({ view }: { view: Pick<UseView, "key" | "draft" | "versions"> }) {
  const { key, draft, versions } = view;
  const items: TimelineItem[] = [
    ...(draft
      ? [{
          key: "draft",
          title: <TextLink quiet href={`/studio/uses/${key}/draft`}>{`Version ${draft.number}: ${draft.state === "waiting" ? "waiting for approval" : "draft"}`}</TextLink>,
          at: <Time at={draft.updatedAt} show="date" />,
          icon: <PencilLine />,
          children: <p className="text-sm">{`Written by ${draft.authors.join(" and ")}`}</p>,
        }]
      : []),
    ...versions.map((version, i): TimelineItem => ({
      key: String(version.number),
      title: (
        <span className="inline-flex flex-wrap items-center gap-2">
          <TextLink quiet href={`/studio/uses/${key}/versions/${version.number}`}>{`Version ${version.number}`}</TextLink>
          {version.relation ? <RelationBadge relation={version.relation} size="sm" /> : null}
        </span>
      ),
      at: <Time at={version.publishedAt} show="date" />,
      icon: <BadgeCheck />,
      tone: i === 0 ? "good" : "neutral",
      children: (
        <div className="space-y-1 text-sm">
          {version.changeNote ? <p className="text-ink">{version.changeNote}</p> : null}
          <p>{publishedInWords(version)}</p>
          <p>{countsInWords(version.counts)}</p>
          {versions[i + 1] ? <p><TextLink href={`/studio/uses/${key}/compare?from=${versions[i + 1]?.number}&to=${version.number}`}>{`Compare with version ${versions[i + 1]?.number}`}</TextLink></p> : null}
        </div>
      ),
    })),
  ];
  return <Timeline label="Versions" items={items} />;
}

/** Who wrote and who published, in one sentence. */
export function publishedInWords(version: { authors: readonly string[]; publishedBy: string; twoPairsOfEyes: boolean }): string {
  const words = `Written by ${version.authors.join(" and ")}, published by ${version.publishedBy}`;
  return version.twoPairsOfEyes ? `${words}.` : `${words} (without a second pair of eyes).`;
}

/** How many answered what, in one sentence. */
export function countsInWords(counts: AnswerCounts): string {
  const parts = ([["granted", counts.granted], ["refused", counts.refused], ["withdrawn", counts.withdrawn], ["objected", counts.objected]] as const)
    .filter(([, count]) => count > 0)
    .map(([word, count]) => `${count.toLocaleString("en-GB")} ${word}`);
  return parts.length === 0 ? "Nobody's answer stands at this version." : `Answers that stand at this version: ${parts.join(", ")}.`;
}
