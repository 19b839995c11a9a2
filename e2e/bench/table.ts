import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Machine } from "./machine";

/** One line of the table. */
export type Row = {
  readonly what: string;
  readonly figure: string;
  /** What was wanted, and whether the figure meets it; null where it is only told. */
  readonly wanted: { readonly text: string; readonly met: boolean } | null;
  readonly beside: string;
};

export const told = (what: string, figure: string, beside = ""): Row => ({ what, figure, wanted: null, beside });

/** A figure that should not be greater than `most` (in the figure's own unit). */
export function atMost(most: number, value: number, write: (value: number) => string, row: { what: string; beside?: string }): Row {
  return { what: row.what, figure: write(value), wanted: { text: `≤ ${write(most)}`, met: value <= most }, beside: row.beside ?? "" };
}

/** A figure that should not be smaller than `least`. */
export function atLeast(least: number, value: number, write: (value: number) => string, row: { what: string; beside?: string }): Row {
  return { what: row.what, figure: write(value), wanted: { text: `≥ ${write(least)}`, met: value >= least }, beside: row.beside ?? "" };
}

const grouped = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
export const whole = (value: number): string => grouped.format(value);
export const perSecond = (value: number): string => `${whole(value)}/s`;
export const micros = (value: number): string => `${whole(value)} µs`;
export const millis = (value: number): string => `${value.toFixed(value < 10 ? 2 : 1)} ms`;
export const seconds = (value: number): string => `${value.toFixed(value < 10 ? 2 : 1)} s`;
export const megabytes = (bytes: number): string => `${whole(bytes / 1_000_000)} MB`;
export const times = (value: number): string => `${value.toFixed(2)} ×`;

/** The table in Markdown. */
export function markdown(rows: readonly Row[], machine: Machine): string {
  const lines = rows.map(({ what, figure, wanted, beside }) => `| ${what} | ${figure} | ${wanted === null ? "" : `${wanted.text} ${wanted.met ? "✓" : "✗"}`} | ${beside} |`);
  return ["| What | Figure | Wanted | Beside |", "| --- | ---: | ---: | --- |", ...lines, "", machine.line].join("\n");
}

const file = path.join("test-results", "bench.json");

/** Keeps the figures of the last run for whoever writes them down. */
export async function keep(rows: readonly Row[], machine: Machine, options: Readonly<Record<string, unknown>>): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify({ at: new Date().toISOString(), machine, options, rows }, null, 2)}\n`);
  return file;
}
