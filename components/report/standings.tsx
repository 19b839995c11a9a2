import type { ReactNode } from "react";
import { partsOf, peopleInWords } from "@/components/report/words";
import { figure } from "@/components/ui/chart-series";
import { Disclosure } from "@/components/ui/disclosure";
import { StackedBars } from "@/components/ui/stacked-bars";
import { Table } from "@/components/ui/table";
import type { ReportKind, Standing } from "@/lib/contract/report";

export type StandingRow = { readonly key: string; readonly label: string; readonly href?: string | undefined; readonly note?: ReactNode; readonly standing: Standing };

/** Where everybody stands, one bar a row, with the same numbers as a table below. */
export function Standings({ title, kind, rows }: { title: string; kind: ReportKind; rows: readonly StandingRow[] }) {
  const parts = partsOf(kind, rows.map((row) => row.standing));
  return (
    <div>
      <StackedBars
        title={title}
        hideTitle
        series={parts}
        rows={rows.map(({ key, label, href, note, standing }) => ({ key, label, href, note, values: Object.fromEntries(parts.map((part) => [part.key, part.of(standing)])) }))}
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
                ...parts.map((part) => ({ key: part.key, header: part.label, numeric: true, cell: (row: StandingRow) => figure(part.of(row.standing)) })),
              ]}
            />
          </div>
        </Disclosure>
      </div>
    </div>
  );
}

/** What stands beside a bar: who is asked again, or how many have answered. */
export function noteOf({ standing, asks }: { standing: Standing; asks: boolean }): string {
  if (!asks) return "no answer needed";
  const answered = standing.accepted + standing.refused + standing.withdrawn + standing.objected;
  return standing.due > 0 ? `${peopleInWords(standing.due)} to be asked again` : `${peopleInWords(answered)} answered`;
}
