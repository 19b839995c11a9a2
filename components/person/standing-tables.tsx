import { Fragment } from "react";
import { StatusBadge, statusWord, type Status } from "@/components/ui/status-badge";
import { Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import type { PermissionView, PolicyStandingView } from "@/lib/contract/permission";
import type { DecisionReason } from "@/lib/domain/decision";

/** What staff call an answer. */
export function staffWord(answer: string): string {
  if (answer === "kept") return "Kept the earlier version";
  const status = answers.find((one) => one === answer);
  return status ? statusWord(status) : answer;
}

const answers = ["granted", "refused", "withdrawn", "objected", "accepted", "acknowledged"] as const satisfies readonly Status[];

const reasons: { readonly [R in DecisionReason]: string } = {
  granted: "Yes, permitted",
  "not-required": "Yes, no permission needed",
  "never-asked": "No, never asked",
  refused: "No, refused",
  withdrawn: "No, withdrawn",
  expired: "No, the permission has run out",
  "use-changed": "No, the use changed since",
  objected: "No, objected",
};

const dueWords = { "never-asked": "Never asked", "use-changed": "The use changed", expired: "Ran out", "new-version": "New version" } as const;

/** One person and every data use: the answer, and what may be done now. */
export function UseStandings({ permissions }: { permissions: readonly PermissionView[] }) {
  return (
    <Table
      caption="Permissions"
      rows={permissions}
      rowKey={({ use }) => use}
      columns={[
        { key: "use", header: "Data use", primary: true, cell: ({ use, name }) => <TextLink href={`/studio/uses/${use}`}>{name}</TextLink> },
        { key: "state", header: "Answer", cell: ({ state, answered }) => <><StatusBadge status={state} size="sm" detail={answered ? `version ${answered.version}` : undefined} /><Bounds answered={answered} /></> },
        { key: "at", header: "Answered", cell: ({ answered }) => (answered ? <Time at={answered.imported?.answeredAt ?? answered.at} show="date" /> : "—") },
        { key: "now", header: "May it be done now", cell: ({ reason, liveVersion }) => <>{reasons[reason]} <span className="text-muted">(version {liveVersion})</span></> },
        { key: "due", header: "To be asked", cell: ({ due }) => (due === null ? <span className="text-muted">No</span> : <StatusBadge status="due" size="sm" label={dueWords[due]} />) },
      ]}
    />
  );
}

/** What an answer is bounded by, in a line of its own. */
function Bounds({ answered }: { answered: PermissionView["answered"] }) {
  if (answered === null) return null;
  const { declined, expiresAt, once, usedAt, imported } = answered;
  const parts = [
    ...(declined === null ? [] : [`no to version ${declined}`]),
    ...(expiresAt === null ? [] : [<>until <Time at={expiresAt} show="date" /></>]),
    ...(once ? [usedAt === null ? "for one time" : "for one time, used"] : []),
    ...(imported === null ? [] : [`brought in from ${imported.source}`]),
  ];
  if (parts.length === 0) return null;
  return <span className="mt-1 block text-sm text-muted">{parts.map((part, i) => <Fragment key={i}>{i === 0 ? null : " · "}{part}</Fragment>)}</span>;
}

/** One person and every policy in force for them. */
export function PolicyStandings({ policies }: { policies: readonly PolicyStandingView[] }) {
  return (
    <Table
      caption="Policies"
      rows={policies}
      rowKey={({ policy }) => policy}
      columns={[
        { key: "policy", header: "Policy", primary: true, cell: ({ policy, name }) => <TextLink href={`/studio/policies/${policy}`}>{name}</TextLink> },
        {
          key: "state",
          header: "Answer",
          cell: ({ state, answered, asks }) =>
            asks === "nothing" && !answered ? (
              <span className="text-muted">Nothing is asked</span>
            ) : (
              <StatusBadge status={state} size="sm" detail={answered ? `version ${answered.version}` : undefined} />
            ),
        },
        { key: "at", header: "Answered", cell: ({ answered }) => (answered ? <Time at={answered.at} show="date" /> : "—") },
        { key: "version", header: "In force", cell: ({ version }) => `Version ${version}` },
        { key: "due", header: "To be asked", cell: ({ due }) => (due === null ? <span className="text-muted">No</span> : <StatusBadge status="due" size="sm" label={dueWords[due]} />) },
      ]}
    />
  );
}
