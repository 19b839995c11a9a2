/** What was taken out: the tag as written, and the line it stood on (1 = the first). */
export type TemplateTag = { readonly tag: string; readonly line: number };

/**
 * Takes Liquid tags (as in Jekyll sources) out of a text: `{{ … }}` and `{% … %}`, a `{% comment %}` with what it
 * hides. What `{% raw %}` protects stays as it is. A tag that never closes is text. Words between other tags stay.
 *
 * @param firstLine the line of its file on which the text begins
 */
export function removeTemplateTags(text: string, firstLine = 1): { readonly text: string; readonly removed: readonly TemplateTag[] } {
  const removed: TemplateTag[] = [];
  let kept = "";
  let at = 0;
  let line = firstLine;
  let lineAt = 0;
  const lineOf = (index: number) => {
    for (; lineAt < index; lineAt += 1) if (text[lineAt] === "\n") line += 1;
    return line;
  };
  // Where each closing mark is seen no more, no later tag can close either: this keeps the walk linear.
  const spent = new Set<string>();
  for (let open = text.indexOf("{"); open !== -1; open = text.indexOf("{", Math.max(at, open + 1))) {
    const close = text[open + 1] === "{" ? "}}" : text[open + 1] === "%" ? "%}" : null;
    if (close === null || spent.has(close)) continue;
    const end = text.indexOf(close, open + 2);
    if (end === -1) {
      spent.add(close);
      continue;
    }
    const tag = text.slice(open, end + 2);
    const block = /^\{%-?\s*(comment|raw)\s*-?%\}$/.exec(tag)?.[1];
    if (block !== "raw") removed.push({ tag, line: lineOf(open) });
    kept += text.slice(at, open);
    at = end + 2;
    if (block && !spent.has(block)) {
      const closing = new RegExp(`\\{%-?\\s*end${block}\\s*-?%\\}`, "g");
      closing.lastIndex = at;
      const found = closing.exec(text);
      if (!found) {
        spent.add(block);
        continue;
      }
      if (block === "raw") kept += text.slice(at, found.index);
      at = found.index + found[0].length;
    }
  }
  return { text: kept + text.slice(at), removed };
}
