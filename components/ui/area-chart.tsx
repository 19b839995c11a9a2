import { type ReactNode } from "react";
import { dashes, figure, type Series, seriesAt } from "./chart-series";
import { chartScale, type ChartPoint } from "./chart-scale";
import { classNames } from "./class-names";
import { Disclosure } from "./disclosure";

export interface AreaChartProps {
  title: string;
  hideTitle?: boolean | undefined;
  description?: ReactNode;
  /** Oldest first; `at` is an ISO instant or day, `label` how people write it. */
  points: readonly ChartPoint[];
  series: readonly { key: string; label: string; series?: Series | undefined }[];
  /** Moments that explain the course: "Version 3 in force". */
  markers?: readonly { at: string; label: string }[] | undefined;
  /** How many points one row of the table stands for, counted from the last: for running totals every seventh day says enough. */
  tableEvery?: number | undefined;
  /** What the first column of the table is called. */
  pointHeader?: string | undefined;
}

/** Amounts over time as lines; one series alone is filled. The same numbers stand in a table below. */
export function AreaChart({ title, hideTitle, description, points, series, markers = [], pointHeader = "Date", tableEvery = 1 }: AreaChartProps) {
  const looks = series.map((one, index) => ({ ...one, series: one.series ?? seriesAt(index) }));
  const scale = chartScale(points, series.map((one) => one.key));
  const first = points[0];
  const middle = scale.middle;
  const last = points.at(-1);
  const words = last ? looks.map((look) => `${look.label} ${figure(last.values[look.key] ?? 0)}`).join(", ") : "no values";
  return (
    <figure className="min-w-0">
      <figcaption className={classNames("mb-3", hideTitle && "sr-only")}>
        <span className="block text-sm font-medium text-ink">{title}</span>
        {description ? <span className="block text-sm text-muted">{description}</span> : null}
      </figcaption>
      {looks.length > 1 ? (
        <ul aria-label="Legend" className="mb-3 flex flex-wrap gap-x-5 gap-y-1.5 text-sm text-muted">
          {looks.map((look) => (
            <li key={look.key} className="flex items-center gap-2">
              <svg aria-hidden="true" width="24" height="8">
                <line x1="0" x2="24" y1="4" y2="4" stroke={`var(--chart-${look.series})`} strokeWidth="2.5" strokeDasharray={dashes[look.series]} />
              </svg>
              {look.label}
            </li>
          ))}
        </ul>
      ) : null}
      <div className="grid grid-cols-[auto_1fr] gap-x-2.5">
        <div aria-hidden="true" className="tabular flex flex-col-reverse justify-between text-right text-xs leading-none text-muted">
          {scale.ticks.map((tick) => <span key={tick} className="-my-1.5">{figure(tick)}</span>)}
        </div>
        <svg
          role="img"
          aria-label={`${title}. ${first?.label ?? ""} to ${last?.label ?? ""}; at the end ${words}.`}
          viewBox="0 0 1000 240"
          preserveAspectRatio="none"
          className="block h-56 w-full overflow-visible"
        >
          {scale.ticks.map((tick) => (
            <line key={tick} x1="0" x2="1000" y1={scale.y(tick)} y2={scale.y(tick)} stroke={tick === 0 ? "var(--line-strong)" : "var(--line)"} vectorEffect="non-scaling-stroke" />
          ))}
          {markers.map((marker) => (
            <line key={marker.label} x1={scale.x(marker.at)} x2={scale.x(marker.at)} y1="0" y2="240" stroke="var(--control)" strokeDasharray="3 3" vectorEffect="non-scaling-stroke" />
          ))}
          {looks.map((look) => (
            <g key={look.key}>
              {looks.length === 1 ? <path d={scale.area(look.key)} fill={`var(--chart-${look.series})`} opacity="0.12" /> : null}
              <path
                d={scale.line(look.key)}
                fill="none"
                stroke={`var(--chart-${look.series})`}
                strokeWidth="2"
                strokeLinejoin="round"
                strokeDasharray={dashes[look.series]}
                vectorEffect="non-scaling-stroke"
              />
            </g>
          ))}
        </svg>
        <div aria-hidden="true" className="relative col-start-2 mt-2 flex justify-between gap-2 text-xs text-muted">
          <span>{first?.label}</span>
          {middle ? (
            <span className="absolute -translate-x-1/2 max-sm:hidden" style={{ left: `${scale.x(middle.at) / 10}%` }}>{middle.label}</span>
          ) : null}
          {points.length > 1 ? <span>{last?.label}</span> : null}
        </div>
      </div>
      {markers.length > 0 ? (
        <ul className="mt-2 flex flex-wrap gap-x-5 text-xs text-muted">
          {markers.map((marker) => (
            <li key={marker.label} className="flex items-center gap-1.5">
              <svg aria-hidden="true" width="2" height="12"><line x1="1" x2="1" y1="0" y2="12" stroke="var(--control)" strokeDasharray="3 3" /></svg>
              {marker.label}
            </li>
          ))}
        </ul>
      ) : null}
      <div className="mt-2">
        <Disclosure summary="Show as a table">
          <div className="max-h-80 overflow-y-auto rounded-lg border border-line" role="region" aria-label={`${title}: table`} tabIndex={0}>
            <table className="tabular w-full text-sm [&_td]:border-t [&_td]:border-line [&_td]:px-3 [&_td]:py-1.5 [&_td]:text-right [&_th]:px-3 [&_th]:py-1.5 [&_th]:text-right [&_th]:font-medium [&_th:first-child]:text-left [&_tbody_th]:border-t [&_tbody_th]:border-line [&_tbody_th]:font-normal">
              <caption className="sr-only">{title}</caption>
              <thead>
                <tr>
                  <th scope="col">{pointHeader}</th>
                  {looks.map((look) => <th key={look.key} scope="col">{look.label}</th>)}
                </tr>
              </thead>
              <tbody>
                {points
                  .filter((_, i) => (points.length - 1 - i) % tableEvery === 0)
                  .map((point) => (
                    <tr key={point.at}>
                      <th scope="row">{point.label}</th>
                      {looks.map((look) => <td key={look.key}>{figure(point.values[look.key] ?? 0)}</td>)}
                    </tr>
                  ))}
              </tbody>
            </table>
          </div>
        </Disclosure>
      </div>
    </figure>
  );
}
