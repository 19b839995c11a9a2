import { unified } from "unified";
import type rehypeSanitize from "rehype-sanitize";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";

// The tree types come from the parsers themselves, so that they cannot drift from them.
/** A parsed HTML document. */
export type HtmlRoot = ReturnType<ReturnType<typeof rehypeSanitize>>;
export type HtmlNode = HtmlRoot["children"][number];
export type HtmlElement = Extract<HtmlNode, { type: "element" }>;
/** A parsed Markdown document. */
export type MarkdownRoot = NonNullable<ReturnType<typeof parseMarkdown>>;
export type MarkdownNode = MarkdownRoot["children"][number];

const plainParser = unified().use(remarkParse).freeze();
const fullParser = unified().use(remarkParse).use(remarkGfm).freeze();
const githubMarks = /[|~]|\[(?:\^|[ xX]\])/;

/**
 * Parses CommonMark with GitHub's tables, footnotes, task lists and strikethrough; null for a text that would hold up
 * everybody else. The full parser takes three times as long, so it is kept for texts that have any of those in them;
 * what it also does, linking bare addresses, is done for every page alike by `bare-links.ts`.
 */
export function parseMarkdown(markdown: string) {
  if (isTooIntricate(markdown)) return null;
  const parser = githubMarks.test(markdown) ? fullParser : plainParser;
  try {
    return parser.parse(markdown);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const mostSteps = 1e8;
const nestedFifty = /^(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))){50}/m;

/**
 * Whether parsing would take seconds. The parser pairs every mark (star, bracket, backtick …) with what follows
 * it in its paragraph, so marks × length is what it costs: some 10⁵ for a long paragraph, 10⁹ for 40,000 stars in a row.
 * Quotes and lists nested fifty deep on one line cost as much in another way.
 */
export function isTooIntricate(markdown: string): boolean {
  if (nestedFifty.test(markdown)) return true;
  let steps = 0;
  for (const paragraph of markdown.split(/\n[ \t]*(?=\n|[-+*] +\S)/)) {
    const marks = paragraph.match(/\*+|_+|~+|`+|[[\]<>]/g)?.length ?? 0;
    steps += marks * paragraph.length;
    if (steps > mostSteps) return true;
  }
  return false;
}

/** The text a reader sees in an HTML tree, tags left out. */
export function htmlText(node: HtmlRoot | HtmlNode): string {
  if (node.type === "text") return node.value;
  if (node.type === "element" && node.tagName === "br") return "\n";
  return "children" in node ? node.children.map(htmlText).join("") : "";
}

/** {@link htmlText} on one line. */
export function htmlLine(node: HtmlRoot | HtmlNode): string {
  return htmlText(node).replace(/\s+/g, " ").trim();
}

export function isHeading(element: HtmlElement): boolean {
  return /^h[1-6]$/.test(element.tagName);
}

/** The text a reader sees in a Markdown tree, on one line: no markers, no addresses, no raw tags. */
export function markdownText(node: MarkdownRoot | MarkdownNode): string {
  return visibleText(node).replace(/\s+/g, " ").trim();
}

function visibleText(node: MarkdownRoot | MarkdownNode): string {
  switch (node.type) {
    case "text":
    case "inlineCode":
    case "code":
      return node.value;
    case "image":
    case "imageReference":
      return node.alt ?? "";
    case "break":
      return " ";
    case "footnoteReference":
      return `[${node.label ?? node.identifier}]`;
    default:
      return "children" in node ? node.children.map(visibleText).join("") : "";
  }
}
