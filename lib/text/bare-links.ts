import { type HtmlElement, type HtmlRoot } from "@/lib/text/markdown-tree";

// Every repetition is bounded or starts at an edge, so that a megabyte of one letter takes no longer than any other.
const address = /(?<![\p{L}\p{N}])(?:https?:\/\/|www\.)[^\s<>"]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,9}/gu;

/** Makes links of web and mail addresses that stand in the text as they are (GitHub Flavored Markdown 6.9), but not in code. */
export function linkBareAddresses(parent: HtmlRoot | HtmlElement): void {
  parent.children = parent.children.flatMap((child): HtmlElement["children"] => {
    if (child.type === "doctype") return [];
    if (child.type === "element" && !["a", "code", "pre", "kbd", "samp"].includes(child.tagName)) linkBareAddresses(child);
    return child.type === "text" && /:\/\/|www\.|@/.test(child.value) ? linked(child.value) : [child];
  });
}

function linked(text: string): HtmlElement["children"] {
  const result: HtmlElement["children"] = [];
  let at = 0;
  for (const match of text.matchAll(address)) {
    const found = withoutPunctuation(match[0]);
    const href = found.startsWith("www.") ? `http://${found}` : /^https?:/.test(found) ? found : `mailto:${found}`;
    result.push({ type: "text", value: text.slice(at, match.index) });
    result.push({ type: "element", tagName: "a", properties: { href }, children: [{ type: "text", value: found }] });
    at = match.index + found.length;
  }
  return [...result, { type: "text", value: text.slice(at) }];
}

/** What ends the sentence is not of the address; a closing bracket only when it was opened in it. */
function withoutPunctuation(found: string): string {
  let end = found.length;
  let unclosed = 0;
  for (const each of found) unclosed += each === "(" ? -1 : each === ")" ? 1 : 0;
  for (; end > 0; end -= 1) {
    const last = found[end - 1] ?? "";
    if (last === ")" && unclosed > 0) unclosed -= 1;
    else if (!/[.,;:!?'*_~’”]/.test(last)) break;
  }
  return found.slice(0, end);
}
