import rehypeRaw from "rehype-raw";
import { unified } from "unified";
import { type HtmlElement, type HtmlRoot, type MarkdownNode, type MarkdownRoot, parseMarkdown } from "@/lib/text/markdown-tree";

const readTags = unified().use(rehypeRaw).freeze();

type RawHtml = Extract<MarkdownNode, { type: "html" }>;
type Edit = { readonly from: number; readonly to: number; readonly text: string };

/**
 * Writes the simple HTML of a Markdown text as Markdown: links, pictures and the figures round them.
 * HTML of any other kind stays as it is; the renderer keeps of it what is safe.
 */
export function simpleHtmlToMarkdown(markdown: string): string {
  if (!/<(?:a|img|figure)\b/i.test(markdown)) return markdown;
  const tree = parseMarkdown(markdown);
  if (!tree) return markdown;
  const edits: Edit[] = [];
  collect(tree, edits);
  let result = "";
  let at = 0;
  for (const edit of edits) {
    result += markdown.slice(at, edit.from) + edit.text;
    at = edit.to;
  }
  return result + markdown.slice(at);
}

/** Collects the edits in the order of the text. */
function collect(parent: MarkdownRoot | MarkdownNode, edits: Edit[]): void {
  if (!("children" in parent)) return;
  const openLinks: { readonly edit: number; readonly href: string }[] = [];
  for (const node of parent.children) {
    if (node.type !== "html") {
      collect(node, edits);
      continue;
    }
    const range = sourceRange(node);
    if (!range) continue;
    if (/^<\/a\s*>$/i.test(node.value)) {
      const opened = openLinks.pop();
      if (!opened) continue;
      const opening = edits[opened.edit];
      if (opening) edits[opened.edit] = { ...opening, text: opened.href ? "[" : "" };
      edits.push({ ...range, text: opened.href ? `](${address(opened.href)})` : "" });
    } else if (/^<a\s[^<]*>$/i.test(node.value) && "position" in parent && parent.type !== "root") {
      // The brackets are written once the end of the link is found; until then the tag stays as it is.
      openLinks.push({ edit: edits.length, href: attribute(firstElement(node.value), "href") });
      edits.push({ ...range, text: node.value });
    } else {
      const text = asMarkdown(readTags.runSync({ type: "root", children: [{ type: "raw", value: node.value }] }));
      if (text !== null) edits.push({ ...range, text: text.trim() });
    }
  }
}

/** Null when there is anything in it but links, pictures, figures and words. */
function asMarkdown(parent: HtmlRoot | HtmlElement): string | null {
  let result = "";
  for (const child of parent.children) {
    if (child.type === "text") {
      result += child.value.replace(/\s+/g, " ").replace(/[\\`*_[\]<>~|]/g, "\\$&");
      continue;
    }
    if (child.type !== "element") return null;
    const inside = asMarkdown(child);
    if (inside === null) return null;
    switch (child.tagName) {
      case "img":
        result += `![${attribute(child, "alt").replace(/\s+/g, " ").replace(/[\\[\]]/g, "\\$&")}](${address(attribute(child, "src"))})`;
        break;
      case "a":
        result += attribute(child, "href") ? `[${inside.trim()}](${address(attribute(child, "href"))})` : inside;
        break;
      case "figure":
      case "figcaption":
      case "p":
        result += `\n\n${inside.trim()}\n\n`;
        break;
      default:
        return null;
    }
  }
  return result.replace(/\n{3,}/g, "\n\n");
}

function address(url: string): string {
  const trimmed = url.trim();
  if (trimmed === "") return "";
  return /^[\w\-./:?#@%=&+~,;!]+$/.test(trimmed) ? trimmed : `<${trimmed.replace(/[<>\\]/g, encodeURIComponent).replace(/\s/g, "%20")}>`;
}

function firstElement(html: string): HtmlElement | null {
  const root = readTags.runSync({ type: "root", children: [{ type: "raw", value: html }] });
  return root.children.find((child) => child.type === "element") ?? null;
}

function attribute(element: HtmlElement | null, name: "href" | "src" | "alt"): string {
  const value = element?.properties[name];
  return typeof value === "string" ? value : "";
}

function sourceRange(node: RawHtml): { from: number; to: number } | null {
  const from = node.position?.start.offset;
  const to = node.position?.end.offset;
  return from === undefined || to === undefined ? null : { from, to };
}
