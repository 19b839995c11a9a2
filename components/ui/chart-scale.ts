export interface ChartPoint {
  /** ISO instant or day. */
  at: string;
  label: string;
  values: Readonly<Record<string, number>>;
}

/** A round step that cuts 0…most into two to five parts. */
export function niceStep(most: number): number {
  const rough = Math.max(most, 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10;
  return Math.max(1, Math.ceil(step * power));
}

/** Places time on 0…1000 and amounts on 240…0, the box an area chart draws in. */
export function chartScale(points: readonly ChartPoint[], keys: readonly string[]) {
  const times = points.map((point) => Date.parse(point.at));
  const from = times[0] ?? 0;
  const span = (times.at(-1) ?? 0) - from || 1;
  const most = Math.max(0, ...points.flatMap((point) => keys.map((key) => point.values[key] ?? 0)));
  const step = niceStep(most);
  const top = Math.max(step, Math.ceil(most / step) * step);
  const ticks = Array.from({ length: Math.round(top / step) + 1 }, (_, index) => index * step);
  const x = (at: string) => Math.min(1000, Math.max(0, ((Date.parse(at) - from) / span) * 1000));
  const y = (value: number) => 240 - (value / top) * 240;
  const line = (key: string) => points.map((point, index) => `${index === 0 ? "M" : "L"}${x(point.at).toFixed(1)} ${y(point.values[key] ?? 0).toFixed(1)}`).join(" ");
  const area = (key: string) => (points.length === 0 ? "" : `${line(key)} L1000 240 L0 240 Z`);
  // The point to label between the ends: the one nearest the middle, if it is anywhere near it.
  const middle = points.filter((point) => Math.abs(x(point.at) - 500) < 200).sort((a, b) => Math.abs(x(a.at) - 500) - Math.abs(x(b.at) - 500))[0];
  return { ticks, x, y, line, area, middle };
}
