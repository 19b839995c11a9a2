import { ChartColumn, Download } from "lucide-react";
import { noteOf, Standings } from "@/components/report/standings";
import { peopleInWords, reportHref } from "@/components/report/words";
import { Card } from "@/components/ui/card";
import { CursorPagination } from "@/components/ui/cursor-pagination";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { LinkTabs } from "@/components/ui/link-tabs";
import { PageHeader } from "@/components/ui/page-header";
import type { ReportListView } from "@/lib/contract/report";

const hrefs = { use: "/studio/reports", policy: "/studio/reports/policies" } as const;
const empties = {
  use: { title: "No data use is in force yet", words: "Once a data use is published, its report begins here." },
  policy: { title: "No policy is in force yet", words: "Once a policy is in force, its report begins here." },
} as const;

/** All reports of one kind. `request` makes the download's link good for one ledger entry. */
export function ReportList({ view, request, first }: { view: ReportListView; request: string; first: boolean }) {
  const href = hrefs[view.kind];
  return (
    <>
      <PageHeader
        title="Reports"
        description={`Who accepted, who refused, who is asked again and who never was${view.people > 0 ? `: ${peopleInWords(view.people)} in all` : ""}.${view.rows.length > 0 ? " Choose one to see its versions and its course." : ""}`}
        actions={view.can.export ? <LinkButton href={`/studio/reports/acceptance?request=${request}`} icon={<Download />}>Download acceptance per version</LinkButton> : null}
      />
      <LinkTabs label="Reports" current={href} tabs={[{ href: hrefs.use, label: "Data uses" }, { href: hrefs.policy, label: "Policies" }]} />
      {view.rows.length === 0 ? (
        <EmptyState icon={<ChartColumn />} title={empties[view.kind].title}>{empties[view.kind].words}</EmptyState>
      ) : (
        <Card>
          <Standings
            title={view.kind === "use" ? "Data uses in force" : "Policies in force"}
            kind={view.kind}
            rows={view.rows.map((one) => ({ key: one.key, label: one.name, href: reportHref(one), note: `version ${one.version} · ${noteOf(one)}`, asks: one.asks, standing: one.standing }))}
          />
        </Card>
      )}
      <CursorPagination
        newerHref={first ? undefined : href}
        newerLabel="First"
        olderHref={view.next === null ? undefined : `${href}?after=${view.next}`}
        olderLabel="Next"
      />
    </>
  );
}
