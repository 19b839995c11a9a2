export interface SparklineProps {
  /** What it shows and where it ends, in words. */
  label: string;
  values: readonly number[];
  className?: string | undefined;
}

/** A course in the height of a line of text; nothing for fewer than two values. */
export function Sparkline({ label, values, className = "h-8 w-28" }: SparklineProps) {
  if (values.length < 2) return null;
  const low = Math.min(...values);
  const range = Math.max(...values) - low || 1;
  const points = values.map((value, index) => [(index / (values.length - 1)) * 100, 29 - ((value - low) / range) * 26] as const);
  const line = points.map(([x, y]) => `${x.toFixed(2)} ${y.toFixed(2)}`).join(" L");
  return (
    <svg role="img" aria-label={label} viewBox="0 0 100 32" preserveAspectRatio="none" className={className}>
      <path d={`M${line} L100 32 L0 32 Z`} fill="var(--accent-soft)" />
      <path d={`M${line}`} fill="none" stroke="var(--accent)" strokeWidth="1.5" strokeLinejoin="round" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
