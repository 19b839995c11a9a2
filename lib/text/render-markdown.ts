import { LRUCache } from "lru-cache";
import rehypeRaw from "rehype-raw";
import rehypeSanitize from "rehype-sanitize";
import rehypeStringify from "rehype-stringify";
import remarkRehype from "remark-rehype";
import { unified } from "unified";
import { linkBareAddresses } from "@/lib/text/bare-links";
import { type HtmlElement, type HtmlRoot, htmlLine, htmlText, isHeading, parseMarkdown } from "@/lib/text/markdown-tree";
import { anchorPrefix, boundTables, introId, settleAnchors, settleHeadings, settleTables, wordsForPictures } from "@/lib/text/html-shape";
import { policyHtml } from "@/lib/text/safe-html";
import { textDigest } from "@/lib/text/text-digest";

/** A heading as it stands in the page: `id` is the DOM id, `depth` 2–6, because the page has its own h1. */
export type RenderedHeading = { readonly id: string; readonly text: string; readonly depth: number };

/**
 * One part of a policy that data uses are cited from: a heading and what follows it up to the next heading,
 * or what stands before the first one (`id` "intro", no heading). `id` is unique in the text and stays the same
 * as long as the heading does; the clause is at `#` + {@link clauseAnchor}. `html` is its piece of the page.
 */
export type Clause = { readonly id: string; readonly heading: string | null; readonly text: string; readonly html: string };

/** `html` is the clauses' html joined. */
export type RenderedMarkdown = { readonly html: string; readonly headings: readonly RenderedHeading[]; readonly clauses: readonly Clause[] };

/** The DOM id under which a clause stands in the page (the intro has none: it begins the page). */
export function clauseAnchor(clauseId: string): string {
  return anchorPrefix + clauseId;
}

const toHtml = unified().use(() => boundTables).use(remarkRehype, { allowDangerousHtml: true, clobberPrefix: "", footnoteLabelProperties: {} }).freeze();

// The full HTML parser is the dearest step, and only a text with raw tags needs it.
const parseRawTags = unified().use(rehypeRaw).freeze();

const clean = unified()
  .use(() => wordsForPictures)
  .use(rehypeSanitize, policyHtml)
  .use(() => settleHeadings)
  .use(() => linkBareAddresses)
  .use(() => settleAnchors)
  .use(() => settleTables)
  .freeze();

const written = unified().use(rehypeStringify).freeze();

// A text never changes under its digest, so an entry is never stale; the bound is bytes, not entries.
const cache = new LRUCache<string, RenderedMarkdown>({
  maxSize: 32 * 1024 * 1024,
  sizeCalculation: (rendered, key) => 2 * (key.length + 2 * rendered.html.length + rendered.clauses.reduce((sum, clause) => sum + clause.text.length, 0)) + 1024,
});

/**
 * Renders Markdown as HTML that may stand in a page as it is: sanitised to the words and structure of
 * `safe-html.ts`, loading nothing, running nothing, with ids that no page script can mistake for its own names.
 * Never throws: a text too deep or too intricate to parse is shown as plain text.
 */
export function renderMarkdown(markdown: string): RenderedMarkdown {
  const digest = textDigest(markdown);
  const known = cache.get(digest);
  if (known) return known;
  const rendered = render(markdown);
  cache.set(digest, rendered);
  return rendered;
}

function render(markdown: string): RenderedMarkdown {
  const parsed = parseMarkdown(markdown);
  if (!parsed) return asPlainText(markdown);
  try {
    const html = toHtml.runSync(parsed);
    return withClauses(clean.runSync(hasRawTags(html) ? parseRawTags.runSync(html) : html));
  } catch (error) {
    if (error instanceof RangeError) return asPlainText(markdown);
    throw error;
  }
}

function asPlainText(text: string): RenderedMarkdown {
  const pre: HtmlElement = { type: "element", tagName: "pre", properties: {}, children: [{ type: "text", value: text }] };
  return withClauses({ type: "root", children: [pre] });
}

function hasRawTags(node: HtmlRoot | HtmlElement): boolean {
  return node.children.some((child) => child.type === "raw" || (child.type === "element" && hasRawTags(child)));
}

function withClauses(root: HtmlRoot): RenderedMarkdown {
  const groups: { heading: HtmlElement | null; nodes: HtmlRoot["children"] }[] = [];
  for (const node of root.children) {
    const heading = node.type === "element" && isHeading(node) ? node : null;
    const last = groups.at(-1);
    if (heading) groups.push({ heading, nodes: [node] });
    else if (last) last.nodes.push(node);
    else groups.push({ heading: null, nodes: [node] });
  }
  const pieces = groups.map(({ heading, nodes }) => ({
    id: heading ? String(heading.properties.id).slice(anchorPrefix.length) : introId,
    heading: heading ? htmlLine(heading) : null,
    text: nodes.filter((node) => node !== heading).map((node) => htmlText(node).trim().replace(/[ \t]*\n\s*/g, "\n")).filter(Boolean).join("\n\n"),
    html: written.stringify({ type: "root", children: nodes }),
  }));
  // Blank space before the first heading is no intro, but the page keeps every character.
  const clauses = pieces.filter((piece) => piece.heading !== null || piece.text !== "");
  return { html: pieces.map((piece) => piece.html).join(""), headings: headingsIn(root), clauses };
}

function headingsIn(node: HtmlRoot | HtmlElement): RenderedHeading[] {
  return node.children.flatMap((child) => {
    if (child.type !== "element") return [];
    if (!isHeading(child)) return headingsIn(child);
    return [{ id: String(child.properties.id), text: htmlLine(child), depth: Number(child.tagName[1]) }];
  });
}
