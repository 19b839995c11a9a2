import { type ComparedBlock, compareTexts, type LinkChange } from "@/lib/text/compare-texts";
import { differWords, spacedWords, type TextPart } from "@/lib/text/word-difference";

/**
 * The difference of two Markdown texts as Markdown: what went is ~~struck through~~, what came is **bold**, each
 * in whole words, so that the marks stand at blank space and mean the same to every reader and every renderer.
 * The texts' own markers are escaped: whatever is bold came.
 */
export function compareTextsMarkdown(from: string, to: string): string {
  const lines: string[] = [];
  let before: ComparedBlock | undefined;
  for (const block of compareTexts(from, to).blocks) {
    if (before && !(before.role === "item" && block.role === "item")) lines.push("");
    lines.push(blockMarkdown(block, before));
    before = block;
  }
  return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
}

function blockMarkdown(block: ComparedBlock, before: ComparedBlock | undefined): string {
  const text = lineStart(partsMarkdown(block.parts)) + (block.kind === "moved" ? " *(moved)*" : "") + linksMarkdown(block.links);
  if (block.role === "heading") return `${"#".repeat(block.level)} ${text.replace(/(?<!\\)#$/, "\\#")}`;
  if (block.role !== "item") return text;
  // An item can stand at most one step further in than the one before it, else it would read as code.
  const depth = before?.role === "item" ? Math.min(block.level, before.level + 1) : 1;
  return `${"  ".repeat(depth - 1)}- ${text}`;
}

/** Whole words, each part apart from the next by a blank: a mark inside a word would not be read as one. */
function partsMarkdown(parts: readonly TextPart[]): string {
  const textOf = (gone: TextPart["kind"]) => parts.filter((part) => part.kind !== gone).map((part) => part.text).join("");
  const signs = { same: "", removed: "~~", added: "**" } as const;
  return differWords(textOf("added"), textOf("removed"), spacedWords).map((part) => mark(part.text, signs[part.kind])).filter(Boolean).join(" ");
}

function mark(text: string, sign: "" | "~~" | "**"): string {
  const trimmed = text.trim();
  return trimmed === "" ? "" : sign + escapeMarkdown(trimmed) + sign;
}

function linksMarkdown(links: readonly LinkChange[]): string {
  if (links.length === 0) return "";
  const shown = links.map((link) => `“${escapeMarkdown(link.text)}” ${mark(link.url || "(nowhere)", link.kind === "removed" ? "~~" : "**")}`);
  return ` *(links: ${shown.join(", ")})*`;
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>~|&]/g, "\\$&");
}

/** What would begin a heading, a list or a rule at the start of a line is only text there. */
function lineStart(text: string): string {
  return text.replace(/^[#+=-]/, "\\$&").replace(/^(\d{1,9})([.)])/, "$1\\$2");
}
