import { CircleCheck, CircleSlash } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Mono } from "@/components/ui/mono";
import { Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { ApiKeyView } from "@/lib/contract/api-key";
import type { FormState } from "@/lib/contract/form";
import { ActDialog } from "./act-dialog";
import { scopeWords } from "./scope-words";

type Props = {
  keys: readonly ApiKeyView[];
  revoke: (before: FormState, form: FormData) => Promise<FormState>;
  /** One a row, in the same order. */
  requestIds: readonly string[];
  now: Date;
};

/** Keys by name and beginning, and a way to end each. */
export function ApiKeysTable({ keys, revoke, requestIds, now }: Props) {
  const rows = keys.map((key, place) => ({ ...key, requestId: requestIds[place] ?? "" }));
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
              <span className="block text-sm font-normal text-muted">begins with <Mono>{row.prefix}</Mono></span>
            </>
          ),
        },
        { key: "scopes", header: "May", cell: (row) => row.scopes.map((scope) => scopeWords[scope].name).join(", ") },
        {
          key: "status",
          header: "Status",
          cell: (row) => (row.state === "revoked" ? <Badge icon={<CircleSlash />}>Revoked</Badge> : <Badge tone="good" icon={<CircleCheck />}>In use</Badge>),
        },
        { key: "made", header: "Made", cell: (row) => <Time at={row.createdAt} show="date" /> },
        {
          key: "used",
          header: "Last used",
          cell: (row) => (row.lastUsedAt ? <Time at={row.lastUsedAt} show="relative" now={now} /> : <span className="text-muted">Never</span>),
        },
        {
          key: "act",
          header: "Revoke",
          hideLabel: true,
          cell: (row) =>
            row.state === "revoked" ? null : (
              <ActDialog
                trigger="Revoke"
                triggerVariant="quiet"
                triggerSize="sm"
                title={`Revoke the key “${row.name}”?`}
                description="The program that uses it is refused at once, and this cannot be undone. Give it a new key first if it should go on."
                confirmLabel="Revoke key"
                tone="danger"
                action={revoke}
                fields={{ requestId: row.requestId, key: row.id }}
              />
            ),
        },
      ]}
    />
  );
}
