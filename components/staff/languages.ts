/** Official languages of the European Union, and a few more that are often asked for. */
const tags = [
  "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "it", "lt", "lv", "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv",
  "ar", "en-GB", "en-US", "hi", "is", "ja", "ko", "nb", "pt-BR", "tr", "uk", "zh-Hans", "zh-Hant",
];

/** Languages to choose from, by their English names; the one in use is always among them. */
export function languages(inUse: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames("en", { type: "language" });
  return [...new Set([...tags, inUse])]
    .map((value) => ({ value, label: names.of(value) ?? value }))
    .sort((a, b) => a.label.localeCompare(b.label, "en"));
}
