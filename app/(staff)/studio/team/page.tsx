import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { InvitationsTable } from "@/components/staff/invitations-table";
import { InviteForm } from "@/components/staff/invite-form";
import { TeamTable } from "@/components/staff/team-table";
import { Card } from "@/components/ui/card";
import { CursorPagination } from "@/components/ui/cursor-pagination";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { afterId } from "@/lib/contract/staff";
import { requireStaff, show } from "@/lib/delivery/web/page";
import { listTeam } from "@/lib/usecases/list-team";
import { inviteAction, revokeInvitationAction } from "./actions";

export const metadata: Metadata = { title: "Team" };

type Query = Promise<{ after?: string | string[]; done?: string | string[]; act?: string | string[] }>;

export default async function TeamPage({ searchParams }: { searchParams: Query }) {
  const staff = await requireStaff("/studio/team");
  const query = await searchParams;
  // What was shown once is not shown beside what took it back.
  const fresh = String(query.act);
  const after = afterId.parse(query.after);
  const team = await show(listTeam(staff, { after }));
  const now = new Date();
  return (
    <>
      <PageHeader title="Team" description="Who writes, publishes, checks and looks after the keys. Every change here is an entry in the ledger." />
      {query.done === "revoked" ? <div className="mb-6"><Notice tone="success" result>The invitation is taken back; its link no longer works.</Notice></div> : null}
      <Section title="People">
        <Card padding="none"><TeamTable members={team.members} own={staff.id} now={now} /></Card>
        <CursorPagination
          olderLabel="More people"
          newerLabel="From the start"
          {...(after ? { newerHref: "/studio/team" } : {})}
          {...(team.next ? { olderHref: `/studio/team?after=${team.next}` } : {})}
        />
      </Section>
      {team.invitations.length > 0 ? (
        <Section title="Open invitations" description="Links that nobody has used yet.">
          <Card padding="none"><InvitationsTable invitations={team.invitations} revoke={revokeInvitationAction} requestIds={team.invitations.map(() => randomUUID())} now={now} /></Card>
        </Section>
      ) : null}
      <Section title="Invite somebody" description="They get a link that works once, and choose their own password.">
        <Card padding="lg" className="max-w-3xl"><InviteForm key={fresh} action={inviteAction} requestId={randomUUID()} /></Card>
      </Section>
    </>
  );
}
