import { CircleCheck, CircleSlash, Clock, Globe, Server } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Mono } from "@/components/ui/mono";
import { Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { ApiKeyView } from "@/lib/contract/api-key";
import type { FormState } from "@/lib/contract/form";
import { ActDialog } from "./act-dialog";
import { ReplaceKey } from "./replace-key";
import { scopeWords } from "./scope-words";

type Props = {
  keys: readonly ApiKeyView[];
  revoke: (before: FormState, form: FormData) => Promise<FormState>;
  /** One an act and row, in the same order. */
  requestIds: readonly { readonly replace: string; readonly revoke: string }[];
  now: Date;
};

/** Keys by name and beginning, how each stands, and ways to replace and to end it. */
export function ApiKeysTable({ keys, revoke, requestIds, now }: Props) {
  const rows = keys.map((key, place) => ({ ...key, requestIds: requestIds[place] ?? { replace: "", revoke: "" } }));
  return (
    <Table
      caption="API keys"
      rows={rows}
      rowKey={(row) => row.id}
      columns={[
        {
          key: "name",
          header: "Name",
          primary: true,
          cell: (row) => (
            <>
              {row.name}
              <span className="block text-sm font-normal text-muted">begins with <span className="whitespace-nowrap"><Mono>{row.prefix}</Mono></span></span>
            </>
          ),
        },
        {
          key: "where",
          header: "Where",
          cell: (row) => (
            <>
              <Badge icon={row.kind === "browser" ? <Globe /> : <Server />}>{row.kind === "browser" ? "In web pages" : "On a server"}</Badge>
              {row.origins.map((origin) => <span key={origin} className="mt-1 block text-sm text-muted [overflow-wrap:anywhere]">{origin}</span>)}
            </>
          ),
        },
        { key: "scopes", header: "May", cell: (row) => row.scopes.map((scope) => scopeWords[scope].name).join(", ") },
        { key: "status", header: "Status", cell: (row) => <Standing row={row} /> },
        { key: "made", header: "Made", cell: (row) => <Time at={row.createdAt} show="date" /> },
        {
          key: "used",
          header: "Last used",
          cell: (row) => (row.lastUsedAt ? <Time at={row.lastUsedAt} show="relative" now={now} /> : <span className="text-muted">Never</span>),
        },
        {
          key: "act",
          header: "Replace or revoke",
          hideLabel: true,
          cell: (row) =>
            row.state === "revoked" || row.state === "ended" ? null : (
              <div className="-ml-3 flex flex-wrap items-start gap-x-1 gap-y-1 lg:ml-0">
                {row.replaced ? null : <ReplaceKey id={row.id} name={row.name} requestId={row.requestIds.replace} />}
                <ActDialog
                  trigger="Revoke"
                  triggerVariant="quiet"
                  triggerSize="sm"
                  title={`Revoke the key “${row.name}”?`}
                  description="The program that uses it is refused at once, and this cannot be undone. To change over without a pause, replace it instead."
                  confirmLabel="Revoke key"
                  tone="danger"
                  action={revoke}
                  fields={{ requestId: row.requestIds.revoke, key: row.id }}
                />
              </div>
            ),
        },
      ]}
    />
  );
}

function Standing({ row }: { row: ApiKeyView }) {
  switch (row.state) {
    case "in-use":
      return <Badge tone="good" icon={<CircleCheck />}>In use</Badge>;
    case "ending":
      return (
        <>
          <Badge tone="note" icon={<Clock />}>Replaced</Badge>
          {row.until ? <span className="mt-1 block text-sm text-muted">works until <Time at={row.until} /></span> : null}
        </>
      );
    case "ended":
      return (
        <>
          <Badge icon={<CircleSlash />}>Over</Badge>
          {row.until ? <span className="mt-1 block text-sm text-muted">replaced, ended <Time at={row.until} /></span> : null}
        </>
      );
    case "revoked":
      return <Badge icon={<CircleSlash />}>Revoked</Badge>;
  }
}
