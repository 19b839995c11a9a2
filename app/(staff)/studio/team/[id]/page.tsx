import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { z } from "zod";
import { MemberActs } from "@/components/staff/member-acts";
import { roleWords } from "@/components/staff/role-words";
import { StandingBadge } from "@/components/staff/team-table";
import { Card } from "@/components/ui/card";
import { KeyValues } from "@/components/ui/key-values";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Time } from "@/components/ui/time";
import { requireStaff, show } from "@/lib/delivery/web/page";
import { showTeamMember } from "@/lib/usecases/list-team";
import { changeRoleAction, disableAction, enableAction } from "../actions";

/** Read once a request, for the title and for the page. */
const load = cache(async (id: string) => {
  if (!z.uuid().safeParse(id).success) notFound();
  const staff = await requireStaff(`/studio/team/${id}`);
  return { staff, member: await show(showTeamMember(staff, id)) };
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await load((await params).id)).member.name };
}

const results: Readonly<Record<string, string>> = {
  role: "The role is changed. They sign in again before they go on.",
  disabled: "The account is disabled, and every session of it has ended.",
  enabled: "The account is enabled again.",
};

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ done?: string | string[] }> };

export default async function MemberPage({ params, searchParams }: Props) {
  const [{ id }, { done }] = await Promise.all([params, searchParams]);
  const { staff, member } = await load(id);
  const result = typeof done === "string" ? results[done] : undefined;
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: "Team", href: "/studio/team" }, { label: member.name }]}
        title={member.name}
        badge={<StandingBadge disabled={member.disabledAt !== null} />}
      />
      {result ? <div className="mb-6"><Notice tone="success" result>{result}</Notice></div> : null}
      <Card padding="lg" className="max-w-3xl">
        <KeyValues
          items={[
            { label: "E-mail address", value: <span className="[overflow-wrap:anywhere]">{member.email}</span> },
            { label: "Role", value: roleWords[member.role].name, hint: roleWords[member.role].does },
            { label: "Joined", value: <Time at={member.joinedAt} /> },
            { label: "Last signed in", value: member.lastSignInAt ? <Time at={member.lastSignInAt} /> : "Never" },
            ...(member.disabledAt ? [{ label: "Disabled", value: <Time at={member.disabledAt} /> }] : []),
          ]}
        />
      </Card>
      <MemberActs
        member={member}
        own={member.id === staff.id}
        changeRole={{ action: changeRoleAction, requestId: randomUUID() }}
        disable={{ action: disableAction, requestId: randomUUID() }}
        enable={{ action: enableAction, requestId: randomUUID() }}
      />
    </>
  );
}
