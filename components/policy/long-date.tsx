const words = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

/** `27 July 2023`: a day as it is written in a letter. */
export function LongDate({ at }: { at: Date }) {
  return <time dateTime={at.toISOString()} className="whitespace-nowrap">{words.format(at)}</time>;
}
