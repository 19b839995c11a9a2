const names = new Intl.DisplayNames(["en"], { type: "language" });

/** `German`, `Brazilian Portuguese`, on pages that are in English; the tag itself when it names none. */
export function localeName(locale: string): string {
  return names.of(locale) ?? locale;
}

/** What a language calls itself (`Deutsch`), for whoever picks the one they read. */
export function ownLocaleName(locale: string): string {
  const name = new Intl.DisplayNames([locale], { type: "language" }).of(locale) ?? locale;
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
}
