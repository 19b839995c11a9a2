import { Check, CircleSlash } from "lucide-react";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { TextLink } from "@/components/ui/text-link";
import type { UseAsOf } from "@/lib/contract/as-of";
import { EntryLink, Moment, WordsThen } from "./as-of-words";
import { channelWords } from "./words";

/** Every data use in force at a moment: whether it was permitted, why, and the words answered. */
export function UsesAsOf({ uses }: { uses: readonly UseAsOf[] }) {
  return (
    <ul className="space-y-4">
      {uses.map((use) => (
        <Card key={use.use} as="li">
          <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
            <div className="min-w-0 flex-[1_1_16rem]">
              <p className="font-medium text-ink"><TextLink href={`/studio/uses/${use.use}`}>{use.name}</TextLink></p>
              <p className="mt-1 text-ink">{reasonOf(use)}</p>
              <p className="mt-1 text-sm text-muted">
                <TextLink quiet href={`/studio/uses/${use.use}/versions/${use.version}`}>{`Version ${use.version}`}</TextLink> was in force
                {use.answer ? <>{use.answer.version === use.version ? ", the one they answered" : `; they had answered version ${use.answer.version}`} · <EntryLink index={use.answer.index} /> · {channelWords(use.answer.channel)}</> : null}
              </p>
              <EarlierVersions use={use} />
            </div>
            <Badge tone={use.allowed ? "good" : "bad"} icon={use.allowed ? <Check /> : <CircleSlash />}>{use.allowed ? "Permitted" : "Not permitted"}</Badge>
          </div>
          {use.answer ? <WordsThen answer={use.answer} imported={use.answer.imported} /> : null}
        </Card>
      ))}
    </ul>
  );
}

function reasonOf({ reason, answer, version }: UseAsOf): ReactNode {
  const on = answer ? <Moment at={answer.imported?.answeredAt ?? answer.at} /> : null;
  if (answer && answer.declined !== null && answer.state === "granted" && (reason === "granted" || reason === "refused")) {
    return <>Kept what they had agreed to with version {answer.version}, and said no to version {answer.declined}, on {on}.</>;
  }
  switch (reason) {
    case "granted":
      return <>Said yes on {on}{answer?.expiresAt ? <>, until <Moment at={answer.expiresAt} /></> : null}{answer?.once ? ", for one time" : null}.</>;
    case "not-required":
      return answer?.state === "granted" ? <>No permission was needed; they had said yes on {on}.</> : <>No permission was needed.</>;
    case "never-asked":
      return <>They had not answered.</>;
    case "refused":
      return <>Said no on {on}.</>;
    case "withdrawn":
      return <>Took their yes back on {on}.</>;
    case "objected":
      return <>Objected on {on}.</>;
    case "expired":
      if (answer?.usedAt) return <>Said yes on {on} for one time, which was on <Moment at={answer.usedAt} />.</>;
      return <>Said yes on {on}, and that ran out on {answer?.expiresAt ? <Moment at={answer.expiresAt} /> : null}.</>;
    case "use-changed":
      return <>Said yes to version {answer?.version} on {on}; version {version} was a different deal, and they had not answered it.</>;
  }
}

/** Decisions are pinned to versions: what they had agreed to before a change went on being permitted. */
function EarlierVersions({ use }: { use: UseAsOf }) {
  const permitted = use.versions.filter(({ version, allowed }) => allowed && version < use.version).map(({ version }) => version);
  if (use.allowed || permitted.length === 0) return null;
  const words = permitted.length === 1 ? `version ${permitted[0]}` : `versions ${permitted.slice(0, -1).join(", ")} and ${permitted.at(-1)}`;
  return <p className="mt-1 text-sm text-muted">Under the terms of {words} it was still permitted.</p>;
}
