import { Card } from "@/components/ui/card";
import { StatusBadge } from "@/components/ui/status-badge";
import { TextLink } from "@/components/ui/text-link";
import type { PolicyAsOf } from "@/lib/contract/as-of";
import { EntryLink, Moment, WordsThen } from "./as-of-words";
import { policyVersionPath } from "./paths";
import { channelWords } from "./words";

const answered = { accepted: "Accepted", acknowledged: "Acknowledged", refused: "Did not accept" } as const;

/** Every policy in force at a moment, and the person's answer to it. */
export function PoliciesAsOf({ policies }: { policies: readonly PolicyAsOf[] }) {
  return (
    <ul className="space-y-4">
      {policies.map(({ policy, name, asks, version, inForceFrom, answer }) => (
        <Card key={policy} as="li">
          <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
            <div className="min-w-0 flex-[1_1_16rem]">
              <p className="font-medium text-ink"><TextLink href={`/studio/policies/${policy}`}>{name}</TextLink></p>
              <p className="mt-1 text-ink">
                {answer ? (
                  <>{answered[answer.state]} version {answer.version} on <Moment at={answer.at} />.</>
                ) : asks === "nothing" ? (
                  "Nothing is asked about it."
                ) : (
                  "They had not answered."
                )}
              </p>
              <p className="mt-1 text-sm text-muted">
                <TextLink quiet href={`/studio/policies/${policy}/versions/${version}`}>{`Version ${version}`}</TextLink> was in force, since <Moment at={inForceFrom} />
                {answer ? <> · <EntryLink index={answer.index} /> · {channelWords(answer.channel)}</> : null}
              </p>
            </div>
            {answer ? <StatusBadge status={answer.state} detail={`version ${answer.version}`} /> : asks === "nothing" ? null : <StatusBadge status="never-asked" label="Not answered" />}
          </div>
          {answer ? <WordsThen answer={answer} links={<p><TextLink href={policyVersionPath(policy, answer.version)}>Read the whole text</TextLink></p>} /> : null}
        </Card>
      ))}
    </ul>
  );
}
