import { type Options } from "rehype-sanitize";

/** Every address a link may lead to; anything else loses its link and keeps its words. */
const linkProtocols = ["http", "https", "mailto", "tel"];

/**
 * What a policy page may consist of: words and their structure. Nothing that runs, asks, loads or styles.
 * A tag not named here disappears and its words stay; those under `strip` disappear with everything in them,
 * because their words are code, or were never meant to be read as text.
 */
export const policyHtml: Options = {
  tagNames: [
    "a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "dd", "del", "details", "dfn", "dl", "dt", "em", "figcaption",
    "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "small",
    "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var",
  ],
  strip: [
    "script", "style", "template", "svg", "math", "iframe", "frame", "frameset", "object", "embed", "applet", "noscript", "noembed", "noframes",
    "textarea", "select", "button", "input", "title", "audio", "video", "canvas", "base", "link", "meta", "portal",
  ],
  attributes: {
    "*": ["id", "lang", ["dir", "ltr", "rtl", "auto"]],
    a: ["href"],
    abbr: ["title"],
    details: ["open"],
    ol: ["start", "reversed"],
    td: ["colSpan", "rowSpan", ["align", "left", "right", "center"]],
    th: ["colSpan", "rowSpan", ["align", "left", "right", "center"], ["scope", "row", "col", "rowgroup", "colgroup"]],
    time: ["dateTime"],
  },
  protocols: { href: linkProtocols },
  ancestors: {
    caption: ["table"], dd: ["dl"], dt: ["dl"], figcaption: ["figure"], li: ["ol", "ul"], summary: ["details"],
    tbody: ["table"], td: ["table"], tfoot: ["table"], th: ["table"], thead: ["table"], tr: ["table"],
  },
  required: {},
  // The renderer gives every id its own prefix, together with the links that lead to it.
  clobber: [],
  clobberPrefix: "",
  allowComments: false,
  allowDoctypes: false,
};
