import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const css = readFileSync(path.resolve(import.meta.dirname, "tokens.css"), "utf8");
const pairs = [...css.matchAll(/--([a-z0-9-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)/gi)];
const themes = [
  { theme: "light", token: new Map(pairs.map((pair) => [pair[1], pair[2]])) },
  { theme: "dark", token: new Map(pairs.map((pair) => [pair[1], pair[3]])) },
];

/** Relative luminance, WCAG 2.2. */
function luminance(colour: string): number {
  const channel = (at: number) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(one: string, other: string): number {
  const light = Math.max(luminance(one), luminance(other));
  const dark = Math.min(luminance(one), luminance(other));
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ["paper", "surface", "sunken", "raised", "hover"];
const tones = ["accent", "good", "note", "warn", "bad"];
const text: readonly (readonly [string, string])[] = [
  ...grounds.flatMap((ground) => ["ink", "muted", "faint", ...tones].map((ink) => [ink, ground] as const)),
  ...tones.flatMap((tone) => [tone, "ink", "muted"].map((ink) => [ink, `${tone}-soft`] as const)),
  ["on-accent", "accent-solid"],
  ["on-accent", "accent-solid-hover"],
  ["on-bad", "bad-solid"],
  ["on-bad", "bad-solid-hover"],
  ["on-deep", "deep"],
  ["on-deep-muted", "deep"],
];
const parts: readonly (readonly [string, string])[] = [
  ...grounds.flatMap((ground) => ["control", "focus"].map((edge) => [edge, ground] as const)),
  ...["surface", "paper"].flatMap((ground) => [1, 2, 3, 4, 5, 6].map((series) => [`chart-${series}`, ground] as const)),
];

describe.each(themes)("in the $theme theme", ({ token }) => {
  const ratio = (front: string, ground: string) => contrast(token.get(front) ?? "missing", token.get(ground) ?? "missing");

  it.each(text)("text in %s can be read on %s (WCAG 2.2, 1.4.3)", (front, ground) => {
    expect(ratio(front, ground)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(parts)("%s can be made out on %s (WCAG 2.2, 1.4.11)", (front, ground) => {
    expect(ratio(front, ground)).toBeGreaterThanOrEqual(3);
  });
});
