/** Languages to choose from; any other can be kept when a text has it already. */
export const commonLocales = ["en", "de", "fr", "es", "it", "nl", "pt", "pt-BR", "pl", "sv", "da", "nb", "fi", "cs", "hu", "ro", "el", "tr", "uk", "ja", "ko", "zh-Hans"] as const;
