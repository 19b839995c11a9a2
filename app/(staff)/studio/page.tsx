import type { Metadata } from "next";
import { BookLock, Handshake, Hourglass, Repeat2, UsersRound } from "lucide-react";
import { RecentActs } from "@/components/ledger/recent-acts";
import { CourseChart, CourseChoice } from "@/components/report/course";
import { noteOf, Standings } from "@/components/report/standings";
import { Waiting } from "@/components/report/waiting";
import { reportHref } from "@/components/report/words";
import { Card } from "@/components/ui/card";
import { figure } from "@/components/ui/chart-series";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { Stat, StatRow } from "@/components/ui/stat";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { courseQuery, type OverviewView, type SubjectStanding } from "@/lib/contract/report";
import { requireStaff, show } from "@/lib/delivery/web/page";
import { showOverview } from "@/lib/usecases/show-overview";
import { Studio } from "./studio";

export const metadata: Metadata = { title: "Overview" };

export default async function OverviewPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const staff = await requireStaff("/studio");
  const view = await show(showOverview(staff, courseQuery.parse(await searchParams)));
  return (
    <Studio current="overview">
      <PageHeader title="Overview" description="What waits, where people stand, and what happened last." />
      <Numbers view={view} />
      <Section id="waiting" title="Waiting and scheduled" description="Whoever wrote a version does not publish it.">
        <Waiting waiting={view.waiting} scheduled={view.scheduled} now={view.now} />
      </Section>
      <Section
        title="Data uses in force"
        description={view.uses.length > 0 ? "Where everybody stands with the version in force." : undefined}
        actions={view.more ? <TextLink href="/studio/reports">All of them</TextLink> : undefined}
      >
        {view.uses.length === 0 ? <NoUses can={view.can} /> : <Card><Standings title="Data uses in force" kind="use" rows={rowsOf(view.uses)} /></Card>}
      </Section>
      {view.policies.length === 0 ? null : (
        <Section title="Policies in force" description="Where everybody stands with the text in force.">
          <Card><Standings title="Policies in force" kind="policy" rows={rowsOf(view.policies)} /></Card>
        </Section>
      )}
      <Section
        id="course"
        title="Answers"
        description={view.course.mode === "daily" ? `Given each day, over ${view.course.days} days.` : `All until that day, over ${view.course.days} days.`}
        actions={<CourseChoice course={view.course} href="/studio" />}
      >
        <Card><CourseChart title="Answers" hideTitle course={view.course} /></Card>
      </Section>
      <Section title="Recent acts" actions={<TextLink href="/studio/ledger">The whole ledger</TextLink>}>
        {view.recent.length === 0 ? <p className="text-muted">Nothing yet. Everything that counts will be listed here.</p> : <Card><RecentActs lines={view.recent} now={view.now} /></Card>}
      </Section>
    </Studio>
  );
}

function Numbers({ view }: { view: OverviewView }) {
  const due = [...view.uses, ...view.policies].reduce((sum, one) => sum + one.standing.due, 0);
  return (
    <StatRow>
      <Stat label="People" icon={<UsersRound />} value={figure(view.people)} href="/studio/people" />
      <Stat label="Questions to ask again" icon={<Repeat2 />} value={figure(due)} hint={due > 0 ? "Because something changed since." : view.people > 0 ? "Every answer reaches what is in force." : "Nobody is known yet."} href="/studio/re-asks" />
      <Stat label="Waiting for approval" icon={<Hourglass />} value={figure(view.waiting.length)} href="#waiting" />
      <Stat
        label="Ledger entries"
        icon={<BookLock />}
        value={figure(view.ledger.size)}
        hint={view.ledger.last ? <>The latest: <Time at={view.ledger.last} show="relative" now={view.now} /></> : "None yet"}
        href="/studio/ledger"
      />
    </StatRow>
  );
}

/** The first step of a new installation, for whoever looks. */
function NoUses({ can }: { can: OverviewView["can"] }) {
  const action = can.write ? (
    <LinkButton variant="primary" href="/studio/uses/new">New data use</LinkButton>
  ) : can.invite ? (
    <LinkButton variant="primary" href="/studio/team">Go to the team</LinkButton>
  ) : undefined;
  return (
    <EmptyState icon={<Handshake />} title={can.write ? "Nothing yet: write a data use first" : "No data use is in force yet"} action={action}>
      A data use says what is remembered about people, and what for. Once one is published, this page shows where people stand with it.
      {can.invite && !can.write ? " Officers write them, and approvers publish them: invite one of each." : ""}
    </EmptyState>
  );
}

function rowsOf(subjects: readonly SubjectStanding[]) {
  return subjects.map((one) => ({ key: one.key, label: one.name, href: reportHref(one), note: `version ${one.version} · ${noteOf(one)}`, asks: one.asks, standing: one.standing }));
}
