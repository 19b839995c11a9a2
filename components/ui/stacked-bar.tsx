import { useId } from "react";
import { classNames } from "./class-names";
import { ChartPatterns, figure, patternFill, type Series, seriesAt, share } from "./chart-series";
import { SegmentStrip } from "./segment-strip";

export interface Segment {
  key: string;
  label: string;
  value: number;
  series?: Series | undefined;
}

export interface StackedBarProps {
  /** What the whole is. */
  title: string;
  segments: readonly Segment[];
  hideTitle?: boolean | undefined;
  hideLegend?: boolean | undefined;
  /** For a table cell: thin, and without legend. */
  compact?: boolean | undefined;
}

/** Parts of a whole. The legend is its table: every part with word, number and share. */
export function StackedBar({ title, segments, hideTitle, hideLegend, compact }: StackedBarProps) {
  const id = useId();
  const total = segments.reduce((sum, segment) => sum + segment.value, 0);
  const drawn = segments.map((segment, index) => ({ ...segment, series: segment.series ?? seriesAt(index) }));
  const legend = !hideLegend && !compact;
  const words = drawn.map((segment) => `${segment.label} ${figure(segment.value)} (${share(segment.value, total)})`).join(", ");
  return (
    <figure className={classNames("min-w-0", compact && "py-1.5")}>
      <figcaption className={classNames("mb-2 text-sm font-medium text-ink", (hideTitle || compact) && "sr-only")}>{title}</figcaption>
      <SegmentStrip id={id} label={`${title}: ${words}`} segments={drawn} total={total} height={compact ? 8 : 16} />
      {legend ? (
        <ul className="mt-3 grid grid-cols-[repeat(auto-fill,minmax(min(13rem,100%),1fr))] gap-x-6 gap-y-1.5 text-sm">
          {drawn.map((segment) => (
            <li key={segment.key} className="flex items-baseline gap-2">
              <svg aria-hidden="true" width="12" height="12" className="shrink-0 translate-y-[1px] rounded-xs">
                <ChartPatterns id={`${id}-${segment.key}`} series={[segment.series]} />
                <rect width="12" height="12" fill={patternFill(`${id}-${segment.key}`, segment.series)} />
              </svg>
              <span className="text-muted">{segment.label}</span>
              <span className="tabular ml-auto font-medium text-ink">{figure(segment.value)}</span>
              <span className="tabular min-w-10 shrink-0 whitespace-nowrap text-right text-muted">{share(segment.value, total)}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </figure>
  );
}
