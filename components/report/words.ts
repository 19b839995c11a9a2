import { type Series, seriesOf } from "@/components/ui/chart-series";
import type { ReportKind, Standing, SubjectHead } from "@/lib/contract/report";

export type Part = { readonly key: string; readonly label: string; readonly series: Series; of(standing: Standing): number };

const accepted: { readonly [K in ReportKind]: string } = { use: "Granted", policy: "Accepted" };
const everyPart = (kind: ReportKind): readonly Part[] => [
  { key: "accepted", label: accepted[kind], series: seriesOf("yes"), of: (one) => one.accepted },
  { key: "due", label: "To be asked again", series: seriesOf("due"), of: (one) => one.due },
  { key: "refused", label: kind === "use" ? "Refused" : "Not accepted", series: seriesOf("no"), of: (one) => one.refused },
  { key: "back", label: "Withdrawn or objected", series: seriesOf("back"), of: (one) => one.withdrawn + one.objected },
  { key: "elsewhere", label: "Answered another version", series: seriesOf("elsewhere"), of: (one) => one.elsewhere },
  { key: "never", label: "Never asked", series: seriesOf("never"), of: (one) => one.neverAsked },
];

/** The parts of a whole as pictures show them, always with the same looks. What cannot be here is left out. */
export function partsOf(kind: ReportKind, standings: readonly Standing[]): readonly Part[] {
  const optional = new Set(["elsewhere", ...(kind === "policy" ? ["back"] : [])]);
  return everyPart(kind).filter((part) => !optional.has(part.key) || standings.some((one) => part.of(one) > 0));
}

/** Where the report of a data use or policy stands. */
export const reportHref = ({ kind, key }: Pick<SubjectHead, "kind" | "key">): string => `/studio/reports/${kind === "use" ? "uses" : "policies"}/${key}`;

/** Where it is written and published. */
export const subjectHref = ({ kind, key }: Pick<SubjectHead, "kind" | "key">): string => `/studio/${kind === "use" ? "uses" : "policies"}/${key}`;

export const peopleInWords = (count: number): string => (count === 1 ? "1 person" : `${count.toLocaleString("en-GB")} people`);
