import { Card } from "@/components/ui/card";
import { StatusBadge } from "@/components/ui/status-badge";
import { Badge } from "@/components/ui/badge";
import { Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { PackageOpen } from "lucide-react";
import type { PolicyListItem } from "@/lib/contract/policy-views";

/** Every policy: what is in force, and what is on its way. */
export function PolicyTable({ policies }: { policies: readonly PolicyListItem[] }) {
  return (
    <Card padding="none">
      <Table
        caption="Policies"
        rows={policies}
        rowKey={(policy) => policy.key}
        columns={[
          { key: "title", header: "Policy", primary: true, cell: (policy) => <TextLink href={`/studio/policies/${policy.key}`}>{policy.title}</TextLink> },
          { key: "audience", header: "For", cell: (policy) => policy.audience },
          {
            key: "inForce",
            header: "In force",
            cell: ({ inForce }) => (inForce ? <>Version {inForce.number}, since <Time at={inForce.since} show="date" /></> : <span className="text-muted">Nothing yet</span>),
          },
          { key: "coming", header: "On its way", cell: (policy) => <Coming policy={policy} /> },
          { key: "versions", header: "Versions", numeric: true, cell: (policy) => policy.versions.toLocaleString("en-GB") },
        ]}
      />
    </Card>
  );
}

function Coming({ policy: { scheduled, draft, imported } }: { policy: PolicyListItem }) {
  if (!scheduled && !draft && imported === 0) return <span className="text-muted">Nothing</span>;
  return (
    <span className="flex flex-wrap gap-1.5">
      {draft ? <StatusBadge size="sm" status={draft.waiting ? "waiting" : "draft"} detail={`version ${draft.number}`} /> : null}
      {scheduled ? <StatusBadge size="sm" status="scheduled" detail={<Time at={scheduled.from} show="date" />} /> : null}
      {imported > 0 ? <Badge size="sm" tone="warn" icon={<PackageOpen />}>{imported} imported, not public</Badge> : null}
    </span>
  );
}
