import { type ReactNode } from "react";

/** The six looks a series can have: a colour and a pattern each, and a line's dash. */
export type Series = 1 | 2 | 3 | 4 | 5 | 6;

const allSeries: readonly Series[] = [1, 2, 3, 4, 5, 6];

/** The look of the series at a place in a list; after six they begin again. */
export function seriesAt(index: number): Series {
  return allSeries[index % allSeries.length] ?? 1;
}

/** What people's answers come to in a picture. */
export type ShownState = "yes" | "due" | "elsewhere" | "no" | "back" | "never";

const states: Readonly<Record<ShownState, Series>> = { yes: 1, due: 2, elsewhere: 3, no: 4, back: 5, never: 6 };

/** The look of a state, the same in every picture: a yes, asked again, another version, a no, taken back, never asked. */
export function seriesOf(state: ShownState): Series {
  return states[state];
}

/** `stroke-dasharray` by series, so that lines differ without colour. */
export const dashes: Record<Series, string> = { 1: "none", 2: "7 4", 3: "2 4", 4: "12 4 2 4", 5: "4 2", 6: "1 6" };

const overlays: Record<Series, ReactNode> = {
  1: null,
  2: <path d="M-2 2 L2 -2 M0 8 L8 0 M6 10 L10 6" strokeWidth="1.6" />,
  3: <circle cx="4" cy="4" r="1.3" stroke="none" fill="var(--surface)" />,
  4: <path d="M0 0 L8 8 M8 0 L0 8" strokeWidth="1.1" />,
  5: <path d="M2 0 V8 M6 0 V8" strokeWidth="1.2" />,
  6: <path d="M0 2 H8 M0 6 H8" strokeWidth="1.2" />,
};

/** The patterns that go into a chart's `<defs>`; fill with `patternFill(id, series)`. */
export function ChartPatterns({ id, series }: { id: string; series: readonly Series[] }) {
  return (
    <defs>
      {series.map((one) => (
        <pattern key={one} id={`${id}-${one}`} width="8" height="8" patternUnits="userSpaceOnUse">
          <rect width="8" height="8" fill={`var(--chart-${one})`} />
          <g stroke="var(--surface)" fill="none" opacity="0.6">{overlays[one]}</g>
        </pattern>
      ))}
    </defs>
  );
}

/** The `fill` of a series whose patterns were put in under `id`. */
export function patternFill(id: string, series: Series): string {
  return `url(#${id}-${series})`;
}

/** A number as people write it: 12,040. */
export function figure(value: number): string {
  return value.toLocaleString("en-GB");
}

/** A share in whole per cents; "<1%" for something that is there. */
export function share(value: number, total: number): string {
  if (total <= 0 || value <= 0) return "0%";
  const percent = (value / total) * 100;
  if (percent < 1) return "<1%";
  return percent > 99 && value < total ? ">99%" : `${Math.round(percent)}%`;
}
