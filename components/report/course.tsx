import { AreaChart, type AreaChartProps } from "@/components/ui/area-chart";
import { seriesOf } from "@/components/ui/chart-series";
import { LinkButton } from "@/components/ui/link-button";
import type { Course } from "@/lib/contract/report";

const series = [
  { key: "yes", label: "Yes", series: seriesOf("yes") },
  { key: "no", label: "No", series: seriesOf("no") },
  { key: "back", label: "Taken back", series: seriesOf("back") },
] as const;

const dayInWords = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

/** Answers over time: as many as came each day, or all until that day. Markers outside the picture are left out; without answers there is none. */
export function CourseChart({ title, course, hideTitle, markers }: { title: string; course: Course; hideTitle?: boolean | undefined; markers?: AreaChartProps["markers"] }) {
  if (course.points.every(({ yes, no, back }) => yes + no + back === 0)) {
    return (
      <>
        {hideTitle ? null : <p className="mb-2 text-sm font-medium text-ink">{title}</p>}
        <p className="text-muted">No answers in this time.</p>
      </>
    );
  }
  const [from, to] = [course.points[0]?.day ?? "", course.points.at(-1)?.day ?? ""];
  return (
    <AreaChart
      title={title}
      hideTitle={hideTitle}
      markers={markers?.filter(({ at }) => at.slice(0, 10) >= from && at.slice(0, 10) <= to)}
      series={series}
      {...(course.mode === "total" ? { tableEvery: 7 } : {})}
      points={course.points.map(({ day, yes, no, back }) => ({ at: day, label: dayInWords.format(new Date(day)), values: { yes, no, back } }))}
    />
  );
}

const spans = [
  { days: 30, label: "30 days" },
  { days: 90, label: "90 days" },
  { days: 365, label: "a year" },
] as const;
const modes = [
  { mode: "daily", label: "Each day" },
  { mode: "total", label: "Added up" },
] as const;

/** Chooses the span and the way of counting, by plain links that keep the rest of the address. */
export function CourseChoice({ course, href, spans: wanted = true }: { course: Course; href: string; spans?: boolean }) {
  const at = (change: { days?: number; course?: string }) => `${href}?${new URLSearchParams({ days: String(change.days ?? course.days), course: change.course ?? course.mode })}#course`;
  return (
    <nav aria-label="How to count" className="flex flex-wrap gap-x-5 gap-y-2">
      <ul className="flex gap-1">
        {modes.map(({ mode, label }) => <li key={mode}><Choice href={at({ course: mode })} here={course.mode === mode}>{label}</Choice></li>)}
      </ul>
      {wanted ? (
        <ul className="flex gap-1">
          {spans.map(({ days, label }) => <li key={days}><Choice href={at({ days })} here={course.days === days}>{label}</Choice></li>)}
        </ul>
      ) : null}
    </nav>
  );
}

function Choice({ href, here, children }: { href: string; here: boolean; children: string }) {
  return <LinkButton size="sm" variant={here ? "secondary" : "quiet"} href={href} {...(here ? { "aria-current": "true" as const } : {})}>{children}</LinkButton>;
}
