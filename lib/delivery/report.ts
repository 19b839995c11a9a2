/**
 * Writes an unforeseen error to the log: its kind, code and stack, but not its message where that could quote what a
 * person typed (database errors quote values).
 */
export function report(error: unknown): void {
  if (!(error instanceof Error)) {
    console.error("unforeseen:", typeof error);
    return;
  }
  const code = "code" in error && typeof error.code === "string" ? ` ${error.code}` : "";
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  console.error([`unforeseen: ${error.name}${code}`, ...frames].join("\n"));
}
