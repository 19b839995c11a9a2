import type { ReactNode } from "react";
import { partsOf, peopleInWords } from "@/components/report/words";
import { figure } from "@/components/ui/chart-series";
import { Disclosure } from "@/components/ui/disclosure";
import { StackedBars } from "@/components/ui/stacked-bars";
import { Table } from "@/components/ui/table";
import type { ReportKind, Standing, SubjectStanding } from "@/lib/contract/report";

export type StandingRow = {
  readonly key: string;
  readonly label: string;
  readonly href?: string | undefined;
  readonly note?: ReactNode;
  /** False where nobody is asked: then there is no whole to show the parts of. */
  readonly asks: boolean;
  readonly standing: Standing;
};

/** Where everybody stands, one bar a row, with the same numbers as a table below. */
export function Standings({ title, kind, rows }: { title: string; kind: ReportKind; rows: readonly StandingRow[] }) {
  const asking = rows.filter((row) => row.asks);
  const parts = partsOf(kind, (asking.length > 0 ? asking : rows).map((row) => row.standing));
  return (
    <div>
      <StackedBars
        title={title}
        hideTitle
        series={parts}
        rows={rows.map(({ key, label, href, note, asks, standing }) => ({ key, label, href, note, values: asks ? Object.fromEntries(parts.map((part) => [part.key, part.of(standing)])) : null }))}
      />
      <div className="mt-4">
        <Disclosure summary="Show the numbers">
          <div className="overflow-x-auto rounded-lg border border-line" role="region" aria-label={`${title}: numbers`} tabIndex={0}>
            <Table
              caption={title}
              rows={rows}
              rowKey={(row) => row.key}
              columns={[
                { key: "name", header: kind === "use" ? "Data use" : "Policy", primary: true, cell: (row: StandingRow) => row.label },
                ...parts.map((part) => ({ key: part.key, header: part.label, numeric: true, cell: (row: StandingRow) => (part.key === "never" && !row.asks ? "–" : figure(part.of(row.standing))) })),
              ]}
            />
          </div>
        </Disclosure>
      </div>
    </div>
  );
}

/** What stands beside a bar: who is asked again, or how many have answered. Where nobody is asked, that, and who spoke unasked. */
export function noteOf({ kind, standing, asks }: Pick<SubjectStanding, "kind" | "standing" | "asks">): string {
  const no = standing.refused + standing.withdrawn + standing.objected;
  if (!asks) return `${kind === "use" ? "needs no permission" : "asks nothing"}${no > 0 ? ` · ${peopleInWords(no)} said no` : ""}`;
  const answered = standing.accepted + no;
  return standing.due > 0 ? `${peopleInWords(standing.due)} to be asked again` : `${peopleInWords(answered)} answered`;
}
