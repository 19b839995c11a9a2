import { type ReactNode, useId } from "react";
import { ChartPatterns, figure, patternFill, type Series, seriesAt, share } from "./chart-series";
import { classNames } from "./class-names";
import { SegmentStrip } from "./segment-strip";
import { TextLink } from "./text-link";

export interface StackedBarsProps {
  title: string;
  hideTitle?: boolean | undefined;
  series: readonly { key: string; label: string; series?: Series | undefined }[];
  rows: readonly { key: string; label: string; href?: string | undefined; note?: ReactNode; values: Readonly<Record<string, number>> | null }[];
}

/** Several wholes cut into the same parts: one version a row, one legend for all. A row without values has its note and no bar. */
export function StackedBars({ title, hideTitle, series, rows }: StackedBarsProps) {
  const id = useId();
  const looks = series.map((one, index) => ({ ...one, series: one.series ?? seriesAt(index) }));
  return (
    <figure className="min-w-0">
      <figcaption className={classNames("mb-2 text-sm font-medium text-ink", hideTitle && "sr-only")}>{title}</figcaption>
      {rows.every((row) => row.values === null) ? null : (
        <ul aria-label="Legend" className="mb-4 flex flex-wrap gap-x-5 gap-y-1.5 text-sm text-muted">
          {looks.map((look) => (
            <li key={look.key} className="flex items-center gap-2">
              <svg aria-hidden="true" width="12" height="12" className="rounded-xs">
                <ChartPatterns id={`${id}-${look.key}`} series={[look.series]} />
                <rect width="12" height="12" fill={patternFill(`${id}-${look.key}`, look.series)} />
              </svg>
              {look.label}
            </li>
          ))}
        </ul>
      )}
      <ul className="space-y-4">
        {rows.map((row) => {
          const segments = looks.map((look) => ({ ...look, value: row.values?.[look.key] ?? 0 }));
          const total = segments.reduce((sum, segment) => sum + segment.value, 0);
          const words = segments.map((segment) => `${segment.label} ${figure(segment.value)} (${share(segment.value, total)})`).join(", ");
          return (
            <li key={row.key}>
              <div className="flex flex-wrap items-baseline justify-between gap-x-4 text-sm">
                <span className="font-medium text-ink">{row.href === undefined ? row.label : <TextLink quiet href={row.href}>{row.label}</TextLink>}</span>
                <span className="tabular text-muted">{row.note ?? figure(total)}</span>
              </div>
              {row.values === null ? null : <div className="mt-1.5"><SegmentStrip id={`${id}-${row.key}`} label={`${row.label}: ${words}`} segments={segments} total={total} height={14} /></div>}
            </li>
          );
        })}
      </ul>
    </figure>
  );
}
