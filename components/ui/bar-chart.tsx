import { type ReactNode } from "react";
import { figure } from "./chart-series";
import { classNames } from "./class-names";
import { TextLink } from "./text-link";

export interface Bar {
  key: string;
  label: string;
  value: number;
  href?: string | undefined;
}

export interface BarChartProps {
  title: string;
  hideTitle?: boolean | undefined;
  description?: ReactNode;
  bars: readonly Bar[];
  /** After each number: "people". */
  unit?: string | undefined;
  /** Writes a value in words; 12,040 by default. */
  format?: ((value: number) => string) | undefined;
}

/** Amounts side by side. Every bar has its word and number as text, so the picture is only a picture. */
export function BarChart({ title, hideTitle, description, bars, unit, format = figure }: BarChartProps) {
  const most = Math.max(1, ...bars.map((bar) => bar.value));
  return (
    <figure className="min-w-0">
      <figcaption className={classNames("mb-3", hideTitle && "sr-only")}>
        <span className="block text-sm font-medium text-ink">{title}</span>
        {description ? <span className="block text-sm text-muted">{description}</span> : null}
      </figcaption>
      <ul className="space-y-3">
        {bars.map((bar) => (
          <li key={bar.key}>
            <div className="flex items-baseline justify-between gap-4 text-sm">
              <span className="min-w-0 text-ink">{bar.href === undefined ? bar.label : <TextLink quiet href={bar.href}>{bar.label}</TextLink>}</span>
              <span className="tabular shrink-0 text-muted">
                <span className="font-medium text-ink">{format(bar.value)}</span>
                {unit ? ` ${unit}` : null}
              </span>
            </div>
            <svg aria-hidden="true" width="100%" height="8" className="mt-1.5 block rounded-sm">
              <rect width="100%" height="8" fill="var(--line)" />
              <rect width={`${(bar.value / most) * 100}%`} height="8" rx="2" fill="var(--chart-1)" />
            </svg>
          </li>
        ))}
      </ul>
    </figure>
  );
}
