import { parse } from "yaml";

export type FrontMatter = {
  readonly title: string | null;
  readonly description: string | null;
  /** What follows the front matter; everything, when there is none or it cannot be read. */
  readonly body: string;
  readonly warnings: readonly string[];
};

/** Splits off YAML front matter (between `---` lines at the very beginning) and keeps its title and description. */
export function splitFrontMatter(text: string): FrontMatter {
  const none = { title: null, description: null, body: text, warnings: [] };
  const open = /^---[ \t]*\n/.exec(text);
  if (!open) return none;
  const close = /^(?:---|\.\.\.)[ \t]*(?:\n|$)/m.exec(text.slice(open[0].length));
  // A line of dashes at the top may as well be a rule under nothing: only `key:` after it makes it front matter.
  if (!close) return /^---[ \t]*\n\s*\w+:/.test(text) ? { ...none, warnings: [unreadable("it has no closing line ---")] } : none;
  const source = text.slice(open[0].length, open[0].length + close.index);
  let values: unknown;
  try {
    values = parse(source, { maxAliasCount: 0, logLevel: "error" });
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split("\n")[0] ?? "").replace(/:$/, "") : "it is not YAML";
    return { ...none, warnings: [unreadable(reason)] };
  }
  const body = text.slice(open[0].length + close.index + close[0].length);
  if (values === null || values === undefined) return { ...none, body };
  if (typeof values !== "object" || Array.isArray(values)) {
    return /^\s*\w+:/.test(source) ? { ...none, warnings: [unreadable("it is not a list of names and values")] } : none;
  }
  const warnings: string[] = [];
  const take = (name: "title" | "description"): string | null => {
    const value: unknown = Object.entries(values).find(([key]) => key === name)?.[1];
    if (value === undefined || value === null) return null;
    if (typeof value === "number") return String(value);
    if (typeof value === "string") return value.replace(/\s+/g, " ").trim() || null;
    warnings.push(`The front matter's ${name} is not a text and was left out.`);
    return null;
  };
  return { title: take("title"), description: take("description"), body, warnings };
}

function unreadable(reason: string): string {
  return `The front matter could not be read (${reason}); it was kept as part of the text.`;
}
