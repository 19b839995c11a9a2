/** The six colours a state can have; each is only ever seen beside an icon and a word. */
export type Tone = "neutral" | "accent" | "good" | "note" | "warn" | "bad";

/** Ink, ground and edge of a tone. */
export const toneClass: Record<Tone, string> = {
  neutral: "border-line-strong bg-sunken text-muted",
  accent: "border-accent-line bg-accent-soft text-accent",
  good: "border-good-line bg-good-soft text-good",
  note: "border-note-line bg-note-soft text-note",
  warn: "border-warn-line bg-warn-soft text-warn",
  bad: "border-bad-line bg-bad-soft text-bad",
};

/** Only the ink of a tone. */
export const toneText: Record<Tone, string> = {
  neutral: "text-muted",
  accent: "text-accent",
  good: "text-good",
  note: "text-note",
  warn: "text-warn",
  bad: "text-bad",
};
