import { Download } from "lucide-react";
import { CourseChart, CourseChoice } from "@/components/report/course";
import { Standings } from "@/components/report/standings";
import { partsOf, peopleInWords, reportHref, subjectHref } from "@/components/report/words";
import { Card } from "@/components/ui/card";
import { CursorPagination } from "@/components/ui/cursor-pagination";
import { figure } from "@/components/ui/chart-series";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { StackedBar } from "@/components/ui/stacked-bar";
import { StatusBadge } from "@/components/ui/status-badge";
import { Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import type { ReportVersion, ReportView, SubjectStanding } from "@/lib/contract/report";

/** One data use or policy: now, version by version, and over time. */
export function Report({ view, request, first }: { view: ReportView; request: string; first: boolean }) {
  const { subject, live } = view;
  const href = reportHref(subject);
  const markers = view.versions.map((one) => ({ at: one.inForceFrom.toISOString(), label: `Version ${one.version}` })).reverse();
  return (
    <>
      <PageHeader
        eyebrow={subject.kind === "use" ? "Data use" : "Policy"}
        title={subject.name}
        breadcrumbs={[{ label: "Reports", href: subject.kind === "use" ? "/studio/reports" : "/studio/reports/policies" }, { label: subject.name }]}
        badge={live ? <StatusBadge status="live" detail={`version ${live.version}`} /> : <StatusBadge status="draft" label="Not in force yet" />}
        actions={<TextLink href={subjectHref(subject)}>{subject.kind === "use" ? "Open the data use" : "Open the policy"}</TextLink>}
      />
      {live ? (
        <Section title="Now" description={live.asks ? `${peopleInWords(view.people)}, each counted once.` : "People need not answer this: only what they said by themselves is counted."}>
          <Card>
            <Now live={live} />
          </Card>
        </Section>
      ) : null}
      <Section
        id="course"
        title="Over time"
        description={view.course.mode === "daily" ? `Answers given each day, over ${view.course.days} days.` : `All answers until that day, over ${view.course.days} days. Who answered twice counts twice.`}
        actions={<CourseChoice course={view.course} href={href} />}
      >
        <Card><CourseChart title={`Answers about ${subject.name}`} hideTitle course={view.course} markers={markers} /></Card>
      </Section>
      <Section title="Version by version" description={live?.asks === false ? undefined : "Everybody counted once for each version: whose answer reaches it, and whose does not."}>
        {view.versions.length === 0 ? <p className="text-muted">No version has been in force yet.</p> : <Versions view={view} request={request} />}
      </Section>
      <CursorPagination newerHref={first ? undefined : href} newerLabel="Newest" olderHref={view.older === null ? undefined : `${href}?before=${view.older}`} />
    </>
  );
}

/** Everybody in one bar; where nobody is asked, only those who spoke unasked. */
function Now({ live }: { live: SubjectStanding }) {
  const parts = partsOf(live.kind, [live.standing]).filter((part) => live.asks || (part.key !== "never" && part.of(live.standing) > 0));
  const segments = parts.map((part) => ({ key: part.key, label: part.label, series: part.series, value: part.of(live.standing) }));
  if (segments.length === 0) return <p className="text-muted">Nobody has said anything about it.</p>;
  return <StackedBar title={live.asks ? `Where people stand with version ${live.version}` : "What people said by themselves"} segments={segments} />;
}

function Versions({ view, request }: { view: ReportView; request: string }) {
  const { kind, key } = view.subject;
  const answersHref = ({ version }: ReportVersion) => `/studio/reports/answers?${new URLSearchParams({ kind, key, version: String(version), request })}`;
  return (
    <>
      {view.live?.asks === false ? null : (
        <Card>
          <Standings title="Version by version" kind={kind} rows={view.versions.map((one) => ({ key: String(one.version), label: `Version ${one.version}`, note: one.inForce ? "in force" : "superseded", asks: true, standing: one.standing }))} />
        </Card>
      )}
      <div className="mt-5 first:mt-0">
        <Card padding="none">
          <Table
            caption="Versions and their answers"
            rows={view.versions}
            rowKey={(row) => String(row.version)}
            columns={[
              { key: "version", header: "Version", primary: true, cell: (row) => `Version ${row.version}` },
              { key: "state", header: "State", cell: (row) => <StatusBadge size="sm" status={row.inForce ? "live" : "superseded"} /> },
              { key: "since", header: "In force from", cell: (row) => <Time at={row.inForceFrom} show="date" /> },
              { key: "answers", header: "Last answers given to it", numeric: true, cell: (row) => figure(row.answers) },
              ...(view.can.export
                ? [{ key: "download", header: "Download", hideLabel: true, cell: (row: ReportVersion) => (row.answers === 0 ? null : <LinkButton size="sm" variant="quiet" icon={<Download />} href={answersHref(row)}>{`Download answers to version ${row.version}`}</LinkButton>) }]
                : []),
            ]}
          />
        </Card>
      </div>
    </>
  );
}
