import { AreaChart } from "@/components/ui/area-chart";
import { seriesOf } from "@/components/ui/chart-series";
import type { DecisionCourse } from "@/lib/contract/decision-course";

const dayInWords = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

/** What programs were told about a use, day by day; the numbers stand in a table below. */
export function DecisionCourseChart({ course: { points } }: { course: DecisionCourse }) {
  const unasked = points.reduce((sum, point) => sum + point.unasked, 0);
  if (points.every(({ allowed, denied }) => allowed + denied === 0) && unasked === 0) return <p className="text-muted">No program has asked about this use in the last 30 days.</p>;
  return (
    <>
      <AreaChart
        title="Decisions a day"
        hideTitle
        series={[
          { key: "allowed", label: "Allowed", series: seriesOf("yes") },
          { key: "denied", label: "Not allowed", series: seriesOf("no") },
          ...(unasked > 0 ? [{ key: "unasked", label: "Used without asking", series: seriesOf("back") }] : []),
        ]}
        points={points.map(({ day, ...values }) => ({ at: day, label: dayInWords.format(new Date(day)), values }))}
      />
      {unasked > 0 ? <p className="mt-3 text-sm text-muted">{unasked === 1 ? "One use was" : `${unasked.toLocaleString("en-GB")} uses were`} made without asking, as your programs report.</p> : null}
    </>
  );
}
