import { expect, test } from "vitest";
import { corpusHistory } from "@/lib/text/corpus.fixture";
import { clauseAnchor, renderMarkdown } from "@/lib/text/render-markdown";

test("the page's own h1 stays alone and no level is skipped", () => {
  const depths = (markdown: string) => renderMarkdown(markdown).headings.map((heading) => heading.depth);
  expect(depths("# A\n\n## B\n\n#### C\n\n## D")).toEqual([2, 3, 4, 3]);
  expect(depths("### A\n\n### B\n\n## C")).toEqual([2, 2, 2]);
  expect(depths("# A\n\n## B\n\n### C\n\n#### D\n\n##### E\n\n###### F")).toEqual([2, 3, 4, 5, 6, 6]);
  expect(renderMarkdown("# A\n\n## B").html).not.toContain("<h1");
});

test("a heading without words is left out", () => {
  expect(renderMarkdown("#\n\ntext\n\n## ![](x)").headings).toEqual([]);
});

test("headings have GitHub's ids, prefixed, each once", () => {
  const { headings } = renderMarkdown("# Your Rights & duties!\n\n## Data\n\n## Data\n\n## Data-1\n\n## Über uns");
  expect(headings.map((heading) => heading.id)).toEqual(["clause-your-rights--duties", "clause-data", "clause-data-1", "clause-data-1-1", "clause-über-uns"]);
});

test("links within the text find their heading", () => {
  const { html } = renderMarkdown("[a](#your-rights) [b](#Your%20Rights) [c](#nowhere) [d](#old)\n\n# Your rights\n\n<h2 id=old>Other name</h2>");
  expect(html).toContain('<a href="#clause-your-rights">a</a>');
  expect(html).toContain('<a href="#clause-your-rights">b</a>');
  expect(html).toContain("<span>c</span>");
  expect(html).toContain('<a href="#clause-other-name">d</a>');
});

test("a link elsewhere says nothing about this page, and a path of a file that is not here is no link", () => {
  const { html } = renderMarkdown("[a](https://x.example/y) [b](../terms/index.md) [c](/policies/terms?x=1#y) [d](//evil.example/z) [e](mailto:a@b.example) [f]()");
  expect(html).toBe(
    '<p><a href="https://x.example/y" rel="noopener nofollow">a</a> <span>b</span> <a href="/policies/terms?x=1#y">c</a> ' +
      '<a href="https://evil.example/z" rel="noopener nofollow">d</a> <a href="mailto:a@b.example">e</a> <span>f</span></p>',
  );
});

test.each([
  ["plain", ""],
  ["with a table", "\n\n| a |\n|---|\n| b |"],
])("a bare address becomes a link, without the full stop after it, in a text %s", (_, rest) => {
  const { html } = renderMarkdown(`Ask me@x.example, or see https://x.example/a_(b)?c=1&d. (www.y.example) \`https://code.example\` [z@x.example](/contact)${rest}`);
  expect(html).toContain(
    '<p>Ask <a href="mailto:me@x.example">me@x.example</a>, or see <a href="https://x.example/a_(b)?c=1&#x26;d" rel="noopener nofollow">https://x.example/a_(b)?c=1&#x26;d</a>. ' +
      '(<a href="http://www.y.example/" rel="noopener nofollow">www.y.example</a>) <code>https://code.example</code> <a href="/contact">z@x.example</a></p>',
  );
});

test("pictures become their words and load nothing", () => {
  const { html } = renderMarkdown("![A map](https://x.example/a.png)\n\nSee ![the map](b.png) here\n\n<figure><img src=c alt='A chart'></figure>\n\n![](d.png)");
  expect(html.replace(/\n+/g, "")).toBe("<figure><figcaption>A map</figcaption></figure><p>See the map here</p><figure><figcaption>A chart</figcaption></figure>");
});

test("a clause is a heading with what follows it, or what stands before the first", () => {
  const { clauses, html } = renderMarkdown("Welcome.\n\n# Cookies\n\nWe use *two*.\n\n## Intro\n\n- one\n- two");
  expect(clauses.map(({ id, heading, text }) => ({ id, heading, text }))).toEqual([
    { id: "intro", heading: null, text: "Welcome." },
    { id: "cookies", heading: "Cookies", text: "We use two." },
    { id: "intro-1", heading: "Intro", text: "one\ntwo" },
  ]);
  expect(clauses.map((clause) => clause.html).join("")).toBe(html);
  expect(html).toContain(`id="${clauseAnchor("cookies")}"`);
});

test("a clause keeps its id when another text around it changes", () => {
  const ids = (markdown: string) => renderMarkdown(markdown).clauses.map((clause) => clause.id);
  expect(ids("# A\n\nx\n\n# B\n\ny")).toEqual(["a", "b"]);
  expect(ids("New.\n\n# C\n\nz\n\n## B\n\nchanged\n\n# A")).toEqual(["intro", "c", "b", "a"]);
});

test("tables, footnotes and ticks come out", () => {
  const { html } = renderMarkdown("| a | b |\n|:-:|---|\n| 1 | 2 |\n\nx[^1]\n\n- [x] yes\n\n[^1]: why");
  expect(html).toContain('<th align="center">a</th>');
  expect(html).toContain("☑ yes");
  expect(html).toContain('href="#clause-fn-1"');
  expect(html).toContain('id="clause-fn-1"');
});

test("a table can be reached by the keyboard, and is called by its caption or its first row", () => {
  const tagOf = (markdown: string) => /<table[^>]*>/.exec(renderMarkdown(markdown).html)?.[0];
  expect(tagOf("| Cookie | *Kept*  for |\n|---|---|\n| a | b |")).toBe('<table tabindex="0" aria-label="Cookie, Kept for">');
  expect(tagOf("<table tabindex=5 aria-label=x><caption>Cookies</caption><tr><td>a</table>")).toBe('<table tabindex="0">');
  expect(tagOf(`| ${"long ".repeat(60)} |\n|---|\n| b |`)).toHaveLength('<table tabindex="0" aria-label="">'.length + 120);
});

test.each([
  ["40,000 stars", "*a_ ".repeat(20_000)],
  ["a thousand quotes deep", `${">".repeat(1000)} x`],
  ["elements nested too deep", "<div>".repeat(20_000)],
])("a text of %s is shown as plain text", (_, text) => {
  const { html, clauses } = renderMarkdown(text);
  expect(html.startsWith("<pre>")).toBe(true);
  expect(clauses[0]?.text).toBe(text.trim());
}, 30_000);

test("a table cannot grow out of all proportion to its text", () => {
  const text = `${"|a".repeat(1000)}\n${"|-".repeat(1000)}\n${"|a\n".repeat(1000)}`;
  expect(renderMarkdown(text).html.length).toBeLessThan(20 * text.length);
});

test("the same text is rendered once", () => {
  expect(renderMarkdown("# Same")).toBe(renderMarkdown("# Same"));
});

test("every version of the real policy has clauses with unique ids, and no picture or tag left", () => {
  for (const version of corpusHistory().versions) {
    const { clauses, html, headings } = renderMarkdown(version.markdown);
    expect(new Set(clauses.map((clause) => clause.id)).size).toBe(clauses.length);
    expect(clauses.length).toBeGreaterThan(5);
    expect(headings.length).toBeGreaterThan(5);
    expect(html).not.toMatch(/<img|<h1|\{%|href="(?!https?:|mailto:|\/|#clause-)/);
  }
}, 60_000);
