import { Clock, ClockAlert } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { FormState } from "@/lib/contract/form";
import type { OpenInvitation } from "@/lib/contract/staff";
import { ActDialog } from "./act-dialog";
import { roleWords } from "./role-words";

type Props = {
  invitations: readonly OpenInvitation[];
  revoke: (before: FormState, form: FormData) => Promise<FormState>;
  /** One a row, in the same order. */
  requestIds: readonly string[];
  now: Date;
};

/** Links that were sent and not used, and a way to take each back. */
export function InvitationsTable({ invitations, revoke, requestIds, now }: Props) {
  const rows = invitations.map((invitation, place) => ({ ...invitation, requestId: requestIds[place] ?? "", who: invitation.email ?? "The first admin" }));
  return (
    <Table
      caption="Open invitations"
      rows={rows}
      rowKey={(row) => row.id}
      columns={[
        { key: "who", header: "For", primary: true, cell: (row) => <span className="[overflow-wrap:anywhere]">{row.who}</span> },
        { key: "role", header: "Role", cell: (row) => roleWords[row.role].name },
        { key: "sent", header: "Invited", cell: (row) => <Time at={row.createdAt} show="relative" now={now} /> },
        {
          key: "until",
          header: "Link",
          cell: (row) =>
            row.expired ? (
              <Badge tone="warn" icon={<ClockAlert />}>Has run out</Badge>
            ) : (
              <Badge icon={<Clock />}>Until <Time at={row.expiresAt} show="date" /></Badge>
            ),
        },
        {
          key: "act",
          header: "Take back",
          hideLabel: true,
          cell: (row) => (
            <ActDialog
              trigger="Take back"
              triggerVariant="quiet"
              triggerSize="sm"
              title={`Take back the invitation for ${row.who}?`}
              description="The link stops working at once. You can invite them again at any time."
              confirmLabel="Take back"
              tone="danger"
              action={revoke}
              fields={{ requestId: row.requestId, invitation: row.id }}
            />
          ),
        },
      ]}
    />
  );
}
