import { StatusBadge } from "@/components/ui/status-badge";
import { Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import type { UseRow } from "@/lib/contract/use";

/** The data uses of the organisation. */
export function UseTable({ rows }: { rows: readonly UseRow[] }) {
  return (
    <Table
      caption="Data uses"
      rows={rows}
      rowKey={(row) => row.key}
      columns={[
        { key: "name", header: "Name", primary: true, cell: (row) => <TextLink quiet href={`/studio/uses/${row.key}`}>{row.name}</TextLink> },
        { key: "live", header: "In force", cell: (row) => (row.live ? <>Version {row.live.number} <span className="block text-sm text-muted">since <Time at={row.live.publishedAt} show="date" /></span></> : <span className="text-muted">Not published yet</span>) },
        { key: "draft", header: "Draft", cell: (row) => (row.draft ? <a href={`/studio/uses/${row.key}/draft`}><StatusBadge status={row.draft.state} detail={`version ${row.draft.number}`} size="sm" /></a> : <span className="text-faint">None</span>) },
        { key: "prompt", header: "Prompt", cell: (row) => <PromptState prompt={row.prompt} /> },
        { key: "answered", header: "People who answered", numeric: true, cell: (row) => row.answered.toLocaleString("en-GB") },
      ]}
    />
  );
}

/** Where the prompt of a use stands. */
export function PromptState({ prompt }: { prompt: UseRow["prompt"] }) {
  if (prompt.live === null && prompt.draft === null) return <span className="text-muted">None yet</span>;
  return (
    <span className="inline-flex flex-wrap gap-1.5">
      {prompt.live === null ? null : <StatusBadge status="live" detail={`version ${prompt.live}`} size="sm" />}
      {prompt.draft === null ? null : <StatusBadge status={prompt.draft} size="sm" />}
    </span>
  );
}
