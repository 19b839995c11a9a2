import { CircleCheck, CircleSlash } from "lucide-react";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import type { TeamMember } from "@/lib/contract/staff";
import { roleWords } from "./role-words";

/** Whether somebody can sign in, as icon and word. */
export function StandingBadge({ disabled }: { disabled: boolean }) {
  return disabled ? <Badge tone="neutral" icon={<CircleSlash />}>Disabled</Badge> : <Badge tone="good" icon={<CircleCheck />}>Active</Badge>;
}

/** The team, one a row; the name leads to what can be changed. */
export function TeamTable({ members, own, now }: { members: readonly TeamMember[]; own: string; now: Date }) {
  return (
    <Table
      caption="Team"
      rows={members}
      rowKey={(member) => member.id}
      columns={[
        {
          key: "name",
          header: "Name",
          primary: true,
          cell: (member) => (
            <span className="flex items-center gap-3">
              <Avatar name={member.name} size="sm" />
              <span className="min-w-0">
                <TextLink href={`/studio/team/${member.id}`}>{member.name}</TextLink>
                {member.id === own ? <span className="text-muted"> (you)</span> : null}
                <span className="block text-sm font-normal text-muted [overflow-wrap:anywhere]">{member.email}</span>
              </span>
            </span>
          ),
        },
        { key: "role", header: "Role", cell: (member) => roleWords[member.role].name },
        { key: "status", header: "Status", cell: (member) => <StandingBadge disabled={member.disabledAt !== null} /> },
        {
          key: "last",
          header: "Last signed in",
          cell: (member) => (member.lastSignInAt ? <Time at={member.lastSignInAt} show="relative" now={now} /> : <span className="text-muted">Never</span>),
        },
        { key: "joined", header: "Joined", cell: (member) => <Time at={member.joinedAt} show="date" /> },
      ]}
    />
  );
}
