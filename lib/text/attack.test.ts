import rehypeRaw from "rehype-raw";
import { unified } from "unified";
import { expect, test } from "vitest";
import { attacks } from "@/lib/text/attacks.fixture";
import { type HtmlElement, type HtmlRoot } from "@/lib/text/markdown-tree";
import { renderMarkdown } from "@/lib/text/render-markdown";

// Written out again on purpose, and apart from the sanitiser's own list: what this test does not name must not come out.
const allowed: Record<string, readonly string[]> = Object.fromEntries(
  ("abbr:title blockquote: b: br: caption: cite: code: dd: del: details:open dfn: dl: dt: em: figcaption: figure: h2: h3: h4: h5: h6: hr: i: ins: kbd: li: mark: " +
    "ol:start,reversed p: pre: q: s: samp: small: span: strong: sub: summary: sup: table:tabIndex,ariaLabel tbody: td:colSpan,rowSpan,align tfoot: th:colSpan,rowSpan,align,scope thead: " +
    "time:dateTime tr: u: ul: var: a:href,rel")
    .split(" ")
    .map((entry) => [entry.split(":")[0], [...(entry.split(":")[1] ?? "").split(",").filter(Boolean), "id", "lang", "dir"]]),
);

/** The page's tree as a browser would build it from the written HTML: what was clean as a tree may not be as a string. */
function asBrowser(html: string): HtmlRoot {
  return unified().use(rehypeRaw).runSync({ type: "root", children: [{ type: "raw", value: html }] });
}

function faultsOf(node: HtmlRoot | HtmlElement): string[] {
  return node.children.flatMap((child) => {
    if (child.type === "text") return [];
    if (child.type !== "element") return [`a ${child.type}`];
    const attributes = Object.entries(child.properties).flatMap(([name, value]) => {
      if (!allowed[child.tagName]?.includes(name)) return [`<${child.tagName} ${name}>`];
      if (name === "id") return /^clause-[\p{L}\p{M}\p{N}_.:-]+$/u.test(String(value)) ? [] : [`id ${String(value)}`];
      if (name === "tabIndex") return value === 0 ? [] : [`tabIndex ${String(value)}`];
      if (name === "dir") return ["ltr", "rtl", "auto"].includes(String(value)) ? [] : [`dir ${String(value)}`];
      return name === "href" ? hrefFaults(String(value), child) : [];
    });
    return [...(allowed[child.tagName] ? [] : [`<${child.tagName}>`]), ...attributes, ...faultsOf(child)];
  });
}

function hrefFaults(href: string, link: HtmlElement): string[] {
  if (/^#clause-/.test(href)) return [];
  const url = new URL(href, "https://here.invalid/policies/x");
  if (url.origin === "https://here.invalid") return /^\/(?![/\\])/.test(href) ? [] : [`relative ${href}`];
  if (url.protocol === "mailto:" || url.protocol === "tel:") return [];
  if (!/^https?:$/.test(url.protocol)) return [`href ${href}`];
  const rel = Array.isArray(link.properties.rel) ? link.properties.rel : [];
  return rel.includes("noopener") && rel.includes("nofollow") ? [] : [`no rel on ${href}`];
}

test("there are at least a hundred attacks", () => {
  expect(new Set(attacks).size).toBeGreaterThanOrEqual(100);
});

test("the check sees an attack: unrendered, most are found out", () => {
  const found = attacks.filter((attack) => attack.length < 500 && faultsOf(asBrowser(attack)).length > 0);
  expect(found.length).toBeGreaterThanOrEqual(60);
});

test.each(attacks.map((attack) => ({ attack, name: attack.slice(0, 70) })))("nothing but words and structure comes out of $name", ({ attack }) => {
  for (const text of [attack, `Before ${attack} after`, `# Title\n\n- ${attack}\n\n> ${attack}\n\nEnd`]) {
    const rendered = renderMarkdown(text);
    expect(faultsOf(asBrowser(rendered.html))).toEqual([]);
    for (const clause of rendered.clauses) expect(faultsOf(asBrowser(clause.html))).toEqual([]);
  }
}, 30_000);

test("every id is there once, whatever the author wrote", () => {
  const { html } = renderMarkdown(attacks.filter((attack) => /^(?:<p id|<a id|<h2 id|# )/.test(attack)).join("\n\n"));
  const ids = [...html.matchAll(/ id="([^"]*)"/g)].map((match) => match[1]);
  expect(ids.length).toBeGreaterThan(5);
  expect(new Set(ids).size).toBe(ids.length);
});
