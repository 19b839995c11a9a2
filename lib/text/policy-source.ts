import { isTooIntricate, markdownText, parseMarkdown } from "@/lib/text/markdown-tree";
import { splitFrontMatter } from "@/lib/text/front-matter";
import { simpleHtmlToMarkdown } from "@/lib/text/raw-html";
import { removeTemplateTags, type TemplateTag } from "@/lib/text/template-tags";
import { textDigest } from "@/lib/text/text-digest";

/** A policy text as people write it, made ready to render. */
export type PolicySource = {
  /** From the front matter, else the first heading of level 1. */
  readonly title: string | null;
  readonly description: string | null;
  /** Line ends are `\n`; no front matter, no template tags, no byte order mark. */
  readonly markdown: string;
  /** What was changed or could not be understood, one sentence each. */
  readonly warnings: readonly string[];
  /** {@link textDigest} of the bytes as they came. */
  readonly sourceDigest: string;
};

/** Either the text, or the one sentence that says why these bytes are none. */
export type PolicySourceReading = { readonly ok: true; readonly source: PolicySource } | { readonly ok: false; readonly message: string };

/** Reads one policy text: UTF-8 Markdown, with or without YAML front matter, Liquid tags and simple HTML. */
export function readPolicySource(bytes: Uint8Array | string): PolicySourceReading {
  const decoded = decodeText(bytes);
  if (!decoded.ok) return decoded;
  const text = decoded.text.replace(/\r\n?/g, "\n");
  const front = splitFrontMatter(text);
  const firstLine = text.slice(0, text.length - front.body.length).split("\n").length;
  const untagged = removeTemplateTags(front.body, firstLine);
  const markdown = simpleHtmlToMarkdown(untagged.text).replace(/^(?:[ \t]*\n)+/, "");
  if (markdown.trim() === "") return { ok: false, message: "There is no text in it." };
  const warnings = [...front.warnings, ...tagWarnings(untagged.removed)];
  if (isTooIntricate(markdown)) warnings.push("The text is nested so deep, or has so many marks in one paragraph, that it is shown as plain text.");
  const title = front.title ?? firstTitle(markdown);
  return { ok: true, source: { title, description: front.description, markdown, warnings, sourceDigest: textDigest(bytes) } };
}

/** Decodes UTF-8, a byte order mark allowed; the message says what to do about anything else. */
export function decodeText(bytes: Uint8Array | string): { readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string } {
  if (typeof bytes !== "string" && ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))) {
    return { ok: false, message: "This is UTF-16 text. Save it as UTF-8 and try again." };
  }
  let text: string;
  try {
    text = typeof bytes === "string" ? bytes : new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return { ok: false, message: "This is not UTF-8 text. Save it as UTF-8 (without any other encoding) and try again." };
  }
  if (text.includes("\0")) return { ok: false, message: "This is not a text file. Choose Markdown or plain text." };
  if (/\p{Surrogate}/u.test(text)) return { ok: false, message: "This text has broken characters in it. Paste it again from its source." };
  return { ok: true, text: text.replace(/^\uFEFF/, "") };
}

function tagWarnings(removed: readonly TemplateTag[]): string[] {
  const shown = removed.slice(0, 20).map(({ tag, line }) => {
    const short = tag.replace(/\s+/g, " ");
    return `Template tag on line ${line} was left out: ${short.length > 80 ? `${short.slice(0, 79)}…` : short}`;
  });
  return removed.length > shown.length ? [...shown, `${removed.length - shown.length} more template tags were left out.`] : shown;
}

function firstTitle(markdown: string): string | null {
  if (!/^ {0,3}(?:# |=+[ \t]*$)/m.test(markdown)) return null;
  const heading = parseMarkdown(markdown)?.children.find((node) => node.type === "heading" && node.depth === 1);
  return heading ? markdownText(heading) || null : null;
}
