import { ChartPatterns, patternFill, type Series } from "./chart-series";

export interface StripSegment {
  key: string;
  value: number;
  series: Series;
}

export interface SegmentStripProps {
  id: string;
  /** Everything it shows, in words. */
  label: string;
  segments: readonly StripSegment[];
  /** The sum of all values; an empty whole draws an empty track. */
  total: number;
  /** Pixels. */
  height: number;
}

/** One bar cut into parts, hairlines of paper between them. It takes its parent's width. */
export function SegmentStrip({ id, label, segments, total, height }: SegmentStripProps) {
  const parts = segments
    .filter((segment) => segment.value > 0 && total > 0)
    .map((segment, index, all) => {
      const before = all.slice(0, index).reduce((sum, other) => sum + other.value, 0);
      return { ...segment, from: (before / total) * 100, width: (segment.value / total) * 100 };
    });
  return (
    <svg role="img" aria-label={label} width="100%" height={height} className="block rounded-sm">
      <ChartPatterns id={id} series={parts.map((part) => part.series)} />
      <rect width="100%" height={height} fill="var(--line)" />
      {parts.map((part) => (
        <rect key={part.key} x={`${part.from}%`} width={`${part.width}%`} height={height} fill={patternFill(id, part.series)} />
      ))}
      {parts.slice(1).map((part) => (
        <line key={part.key} x1={`${part.from}%`} x2={`${part.from}%`} y1="0" y2={height} stroke="var(--surface)" strokeWidth="2" />
      ))}
    </svg>
  );
}
