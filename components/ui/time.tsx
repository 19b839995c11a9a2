export interface TimeProps {
  at: Date | string;
  show?: "date" | "datetime" | "relative" | "both" | undefined;
  /** The moment the page was made; only with it can a time be said as "2 days ago". */
  now?: Date | undefined;
  locale?: string | undefined;
  timeZone?: string | undefined;
}

const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_556_952],
  ["month", 2_629_746],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** "2 days ago", "in 3 weeks", "now": the largest whole unit between two instants. */
export function relativeTime(at: Date, now: Date, locale = "en-GB"): string {
  const seconds = (at.getTime() - now.getTime()) / 1000;
  const words = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  for (const [unit, length] of steps) {
    if (Math.abs(seconds) >= length) return words.format(Math.trunc(seconds / length), unit);
  }
  return words.format(0, "second");
}

/** "21 Nov 2026" or "21 Nov 2026, 09:00 UTC". */
export function absoluteTime(at: Date, show: "date" | "datetime", locale = "en-GB", timeZone = "UTC"): string {
  return formatter(show, locale, timeZone).format(at);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Making one costs more than the rest of a table's row, so each is made once. */
function formatter(show: "date" | "datetime", locale: string, timeZone: string): Intl.DateTimeFormat {
  const name = `${show} ${locale} ${timeZone}`;
  let made = formatters.get(name);
  if (!made) {
    const day = { day: "numeric", month: "short", year: "numeric", timeZone } as const;
    const clock = { hour: "2-digit", minute: "2-digit", timeZoneName: "short" } as const;
    made = new Intl.DateTimeFormat(locale, show === "date" ? day : { ...day, ...clock });
    formatters.set(name, made);
  }
  return made;
}

/** An instant, for people and for machines. */
export function Time({ at, show = "datetime", now, locale, timeZone }: TimeProps) {
  const instant = typeof at === "string" ? new Date(at) : at;
  const machine = instant.toISOString();
  const absolute = absoluteTime(instant, show === "date" ? "date" : "datetime", locale, timeZone);
  if (now === undefined || show === "date" || show === "datetime") {
    return <time dateTime={machine} className="tabular whitespace-nowrap">{absolute}</time>;
  }
  const relative = relativeTime(instant, now, locale);
  if (show === "relative") return <time dateTime={machine} title={absolute} className="whitespace-nowrap">{relative}</time>;
  return (
    <time dateTime={machine} className="tabular">
      {absolute} <span className="text-muted">({relative})</span>
    </time>
  );
}
