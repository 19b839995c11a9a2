import { StatusBadge } from "@/components/ui/status-badge";
import { Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import type { PromptRow } from "@/lib/contract/prompt";

/** Every data use and where its prompt stands. */
export function PromptTable({ rows }: { rows: readonly PromptRow[] }) {
  return (
    <Table
      caption="Prompts"
      rows={rows}
      rowKey={(row) => row.key}
      columns={[
        { key: "name", header: "Asks about", primary: true, cell: (row) => <TextLink quiet href={`/studio/prompts/${row.key}`}>{row.name}</TextLink> },
        { key: "live", header: "In force", cell: (row) => (row.live ? <>Version {row.live.number} <span className="block text-sm text-muted">since <Time at={row.live.publishedAt} show="date" /></span></> : <span className="text-muted">No prompt yet</span>) },
        { key: "draft", header: "Draft", cell: (row) => (row.draft ? <a href={`/studio/prompts/${row.key}/draft`}><StatusBadge status={row.draft.state} detail={`version ${row.draft.number}`} size="sm" /></a> : <span className="text-faint">None</span>) },
        { key: "use", header: "Data use", cell: (row) => (row.useLive ? `Version ${row.useLive} in force` : <span className="text-muted">Not published yet</span>) },
      ]}
    />
  );
}
