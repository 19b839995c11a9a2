import { type HtmlElement, type HtmlNode, type HtmlRoot, htmlText, isHeading, type MarkdownNode, type MarkdownRoot } from "@/lib/text/markdown-tree";
import { slug, UniqueSlugs } from "@/lib/text/slug";

/** Stands before every id in a policy, so that none can take the place of a DOM name (`<h2 id="cookie">` and `document.cookie`). */
export const anchorPrefix = "clause-";

/** The clause before the first heading. A heading "Intro" becomes "intro-1", in every text alike. */
export const introId = "intro";

const mostPaddedCells = 20_000;

/** Rows shorter than their table's head are filled up with empty cells — unless that would turn a short text into millions of them. */
export function boundTables(root: MarkdownRoot): void {
  const visit = (node: MarkdownRoot | MarkdownNode) => {
    if (node.type === "table" && (node.align?.length ?? 0) * node.children.length > mostPaddedCells) node.align = null;
    if ("children" in node) node.children.forEach(visit);
  };
  visit(root);
}

type Parent = HtmlRoot | HtmlElement;

/** Pictures become their alternative text, since a policy page loads nothing: alone in a paragraph as a figure, else in the line. Ticks become ☑ and ☐. */
export function wordsForPictures(root: HtmlRoot): void {
  replaceEach(root, (node) => {
    if (node.tagName === "input" && node.properties.type === "checkbox") {
      return [{ type: "text", value: node.properties.checked ? "☑" : "☐" }];
    }
    if (node.tagName === "img") {
      const words = pictureWords(node);
      return words ? [{ type: "text", value: words }] : [];
    }
    if ((node.tagName !== "figure" && node.tagName !== "p") || !isPictureOnly(node)) return null;
    const words = pictureWords(node);
    if (words === "") return [];
    const caption: HtmlElement = { type: "element", tagName: "figcaption", properties: {}, children: [{ type: "text", value: words }] };
    return [{ type: "element", tagName: "figure", properties: {}, children: [caption] }];
  });
}

/** Gives every heading an id from its words, prefixes the ids the author wrote, and points the links within the text at them. */
export function settleAnchors(root: HtmlRoot): void {
  settleLinks(root, nameAnchors(root));
}

/** @returns for every fragment a link may name, the id it means; the first use of a name wins, and a heading's goes before an author's id */
function nameAnchors(root: HtmlRoot): ReadonlyMap<string, string> {
  const slugs = new UniqueSlugs([introId]);
  const anchors = new Map<string, string>();
  const taken = new Set([anchorPrefix + introId]);
  const give = (element: HtmlElement, id: string, names: readonly string[]) => {
    element.properties.id = id;
    taken.add(id);
    for (const name of names) if (!anchors.has(name)) anchors.set(name, id);
  };
  const written = new Map<HtmlElement, string>();
  eachElement(root, (element) => {
    const id = typeof element.properties.id === "string" ? element.properties.id : "";
    delete element.properties.id;
    if (/^[\p{L}\p{N}_.:-]{1,120}$/u.test(id)) written.set(element, id);
    if (!isHeading(element)) return;
    const wanted = slug(htmlText(element)) || "section";
    const given = slugs.take(wanted);
    give(element, anchorPrefix + given, [given, wanted]);
  });
  for (const [element, id] of written) {
    if (typeof element.properties.id === "string") give(element, element.properties.id, [id]);
    else if (!taken.has(anchorPrefix + id)) give(element, anchorPrefix + id, [id]);
  }
  return anchors;
}

/** Makes the first heading an h2 and lets no level be skipped, so that the page's own h1 stays alone; a heading without words is dropped. */
export function settleHeadings(root: HtmlRoot): void {
  replaceEach(root, (node) => (isHeading(node) && htmlText(node).trim() === "" ? [] : null));
  const open: number[] = [];
  eachElement(root, (element) => {
    if (!isHeading(element)) return;
    const depth = Number(element.tagName[1]);
    while ((open.at(-1) ?? 0) >= depth) open.pop();
    open.push(depth);
    element.tagName = `h${Math.min(6, 1 + open.length)}`;
  });
}

/**
 * A wide table scrolls within itself on a narrow screen, so the keyboard must be able to reach it, and it needs a name
 * to be announced by (WCAG 2.2, 2.1.1 and 4.1.2): the words of its first row, which are in the language of the text.
 */
export function settleTables(root: HtmlRoot): void {
  eachElement(root, (element) => {
    if (element.tagName !== "table") return;
    element.properties.tabIndex = 0;
    const words = firstRow(element)?.children.map((cell) => htmlText(cell).replace(/\s+/g, " ").trim()).filter(Boolean) ?? [];
    const named = element.children.some((child) => child.type === "element" && child.tagName === "caption");
    if (!named && words.length > 0) element.properties.ariaLabel = [...words.join(", ")].slice(0, longestTableName).join("");
  });
}

const longestTableName = 120;

function firstRow(parent: HtmlElement): HtmlElement | undefined {
  for (const child of parent.children) {
    if (child.type !== "element") continue;
    const row = child.tagName === "tr" ? child : firstRow(child);
    if (row) return row;
  }
  return undefined;
}

const here = "https://here.invalid";

/**
 * Settles where each link leads: within the text, on this site (from its root), or elsewhere — then the page
 * left tells nothing to the page entered. A path relative to a file that is not here loses its link and keeps its words.
 */
function settleLinks(root: HtmlRoot, anchors: ReadonlyMap<string, string>): void {
  eachElement(root, (element) => {
    if (element.tagName !== "a") return;
    const written = typeof element.properties.href === "string" ? element.properties.href.trim() : "";
    delete element.properties.href;
    const link = written.startsWith("#") ? linkWithin(written.slice(1), anchors) : linkOut(written);
    if (link) Object.assign(element.properties, link);
    else element.tagName = "span";
  });
}

/** Reads an address as a browser does: tabs and newlines dropped, a backslash taken for a slash. */
function linkOut(written: string): { href: string; rel?: string[] } | null {
  const url = URL.canParse(written, here) ? new URL(written, here) : null;
  switch (url?.protocol) {
    case "mailto:":
    case "tel:":
      return { href: url.href };
    case "http:":
    case "https:":
      if (url.origin !== here) return { href: url.href, rel: ["noopener", "nofollow"] };
      return /^[/\\]/.test(written) ? { href: url.pathname + url.search + url.hash } : null;
    default:
      return null;
  }
}

function linkWithin(fragment: string, anchors: ReadonlyMap<string, string>): { href: string } | null {
  let name = fragment;
  try {
    name = decodeURIComponent(fragment);
  } catch {
    // A stray percent sign: the fragment is taken as it stands.
  }
  const target = anchors.get(name) ?? anchors.get(slug(name));
  return target ? { href: `#${target}` } : null;
}

/** Whether an element holds nothing but pictures; a link round a picture is a link, so it stays one. */
function isPictureOnly(parent: HtmlElement): boolean {
  let pictures = 0;
  const only = (node: HtmlNode): boolean => {
    if (node.type === "text") return node.value.trim() === "";
    if (node.type !== "element") return true;
    if (node.tagName === "img") return (pictures += 1) > 0;
    return (node.tagName === "p" || node.tagName === "picture" || node.tagName === "source") && node.children.every(only);
  };
  return parent.children.every(only) && pictures > 0;
}

function pictureWords(element: HtmlElement): string {
  if (element.tagName === "img") return typeof element.properties.alt === "string" ? element.properties.alt.replace(/\s+/g, " ").trim() : "";
  return element.children.map((child) => (child.type === "element" ? pictureWords(child) : "")).filter(Boolean).join(" ");
}

function eachElement(parent: Parent, visit: (element: HtmlElement) => void): void {
  for (const child of parent.children) {
    if (child.type !== "element") continue;
    visit(child);
    eachElement(child, visit);
  }
}

/** Walks from the outside in; `replace` gives the nodes that take an element's place, or null to keep it and go on inside. */
function replaceEach(parent: Parent, replace: (element: HtmlElement) => HtmlElement["children"] | null): void {
  const kept: HtmlElement["children"] = [];
  for (const child of parent.children) {
    if (child.type === "doctype") continue;
    const instead = child.type === "element" ? replace(child) : null;
    if (instead) {
      kept.push(...instead);
      continue;
    }
    if (child.type === "element") replaceEach(child, replace);
    kept.push(child);
  }
  parent.children = kept;
}
