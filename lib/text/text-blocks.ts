import { type MarkdownNode, type MarkdownRoot, markdownText, parseMarkdown } from "@/lib/text/markdown-tree";

export type BlockRole = "heading" | "paragraph" | "item" | "row" | "code";

/** Words that lead somewhere, and where to. */
export type BlockLink = { readonly text: string; readonly url: string };

/** One heading, paragraph, list item, table row or line of code, as a reader reads it: no markers, one line. */
export type TextBlock = {
  readonly role: BlockRole;
  /** Of a heading its level (1–6), of an item how deep its list is nested (from 1); 0 for all else. */
  readonly level: number;
  readonly text: string;
  readonly links: readonly BlockLink[];
};

/** Takes a Markdown text apart into what a reader would call its paragraphs, in order; blocks without words are left out. */
export function textBlocks(markdown: string): readonly TextBlock[] {
  const tree = parseMarkdown(markdown);
  if (!tree) return asPlainText(markdown);
  try {
    const blocks: TextBlock[] = [];
    const urls = new Map<string, string>();
    for (const node of tree.children) if (node.type === "definition" && !urls.has(node.identifier)) urls.set(node.identifier, node.url);
    collect(tree, 0, blocks, urls);
    return blocks;
  } catch (error) {
    if (error instanceof RangeError) return asPlainText(markdown);
    throw error;
  }
}

function asPlainText(text: string): readonly TextBlock[] {
  return text.split(/\n\s*\n/).flatMap((each) => block("paragraph", 0, each.replace(/\s+/g, " ").trim()));
}

function collect(parent: MarkdownRoot | MarkdownNode, depth: number, blocks: TextBlock[], urls: ReadonlyMap<string, string>): void {
  if (!("children" in parent)) return;
  for (const node of parent.children) {
    switch (node.type) {
      case "heading":
        blocks.push(...block("heading", node.depth, markdownText(node), linksIn(node, urls)));
        break;
      case "paragraph":
        blocks.push(...block(depth > 0 ? "item" : "paragraph", depth, markdownText(node), linksIn(node, urls)));
        break;
      case "tableRow":
        blocks.push(...block("row", 0, node.children.map(markdownText).join(" | "), linksIn(node, urls)));
        break;
      case "code":
        blocks.push(...node.value.split("\n").flatMap((line) => block("code", 0, line.replace(/\s+/g, " ").trim())));
        break;
      case "html":
        blocks.push(...block("paragraph", 0, wordsOfTags(node.value)));
        break;
      case "list":
        collect(node, depth + 1, blocks, urls);
        break;
      default:
        collect(node, depth, blocks, urls);
    }
  }
}

function block(role: BlockRole, level: number, text: string, links: readonly BlockLink[] = []): TextBlock[] {
  return text === "" ? [] : [{ role, level, text, links }];
}

/** Raw HTML has no place in a comparison but its words do; nothing here is ever shown as HTML. */
function wordsOfTags(html: string): string {
  return html.replace(/<!--[^]*?(?:-->|$)/g, "").replace(/<[^<>]*>/g, " ").replace(/\s+/g, " ").trim();
}

function linksIn(parent: MarkdownNode, urls: ReadonlyMap<string, string>): BlockLink[] {
  if (!("children" in parent)) return [];
  return parent.children.flatMap((node) => {
    const url = node.type === "link" ? node.url : node.type === "linkReference" ? (urls.get(node.identifier) ?? "") : null;
    if (url === null) return linksIn(node, urls);
    const text = markdownText(node);
    // An address that is its own words shows where it leads.
    return ["", "http://", "mailto:"].some((start) => start + text === url) ? [] : [{ text, url }];
  });
}
