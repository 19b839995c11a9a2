import { Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import type { PolicyVersionHead } from "@/lib/contract/policy-views";
import { StandingBadge } from "./standing-badge";

/** Versions newest first: when, what changed, who, and the difference to the one before. */
export function VersionTable({ policy, versions, oldest }: { policy: string; versions: readonly PolicyVersionHead[]; oldest: number | null }) {
  return (
    <Table
      caption="Versions, newest first"
      rows={versions}
      rowKey={(version) => String(version.number)}
      columns={[
        { key: "number", header: "Version", primary: true, width: "w-28", cell: ({ number }) => <TextLink href={`/studio/policies/${policy}/versions/${number}`}>Version {number}</TextLink> },
        { key: "from", header: "In force from", width: "w-36", cell: ({ inForceFrom }) => (inForceFrom ? <Time at={inForceFrom} show="date" /> : "–") },
        { key: "note", header: "What changed", cell: ({ changeNote }) => changeNote || <span className="text-muted">No note</span> },
        { key: "standing", header: "State", cell: ({ standing }) => <StandingBadge standing={standing} size="sm" /> },
        { key: "who", header: "Who", cell: (version) => <Who version={version} /> },
        {
          key: "difference",
          header: "Difference",
          hideLabel: true,
          cell: ({ number }) => (number === oldest ? null : <TextLink quiet href={`/studio/policies/${policy}/compare?to=${number}`}>Changes</TextLink>),
        },
      ]}
    />
  );
}

function Who({ version: { authors, publishedBy, origin } }: { version: PolicyVersionHead }) {
  return (
    <span className="text-muted">
      {origin === "imported" ? "Imported by" : "Written by"} {authors.join(", ")}
      {publishedBy ? `, published by ${publishedBy}` : ""}
    </span>
  );
}
