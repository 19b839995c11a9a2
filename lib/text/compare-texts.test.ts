import fc from "fast-check";
import { expect, test } from "vitest";
import { compareBlocks, compareTexts, type TextComparison } from "@/lib/text/compare-texts";
import { compareTextsMarkdown } from "@/lib/text/comparison-markdown";
import { corpusHistory } from "@/lib/text/corpus.fixture";
import { renderMarkdown } from "@/lib/text/render-markdown";
import { type TextBlock, textBlocks } from "@/lib/text/text-blocks";
import { countWords, differWords, spacedWords, words } from "@/lib/text/word-difference";

/** The old and the new text's blocks, put together again from the comparison alone. */
function bothSides(comparison: TextComparison): { from: string[]; to: string[] } {
  const side = (index: "fromIndex" | "toIndex", gone: "added" | "removed") =>
    comparison.blocks
      .filter((block) => block[index] !== null)
      .sort((a, b) => (a[index] ?? 0) - (b[index] ?? 0))
      .map((block) => block.parts.filter((part) => part.kind !== gone).map((part) => part.text).join(""));
  return { from: side("fromIndex", "added"), to: side("toIndex", "removed") };
}

function expectBothSides(from: string, to: string): void {
  const comparison = compareTexts(from, to);
  expect(bothSides(comparison)).toEqual({ from: textBlocks(from).map((block) => block.text), to: textBlocks(to).map((block) => block.text) });
  // What is shown follows the new text.
  const order = comparison.blocks.flatMap((block) => block.toIndex ?? []);
  expect(order).toEqual([...order].sort((a, b) => a - b));
}

/** What a reader of the rendered Markdown sees, without what is struck through, or without what is bold. */
function readMarkdown(markdown: string, gone: "strong" | "del"): string {
  const { html } = renderMarkdown(markdown);
  const kept = html.replace(new RegExp(`<${gone}>[^]*?</${gone}>`, "g"), "").replace(/<em>\((?:moved|links: [^]*?)\)<\/em>/g, "");
  return kept.replace(/<[^>]*>/g, "").replace(/&#x([0-9A-F]+);/g, (_, code: string) => String.fromCodePoint(parseInt(code, 16))).replace(/\s+/g, "");
}

const phrase = fc.array(fc.constantFrom("we", "keep", "your", "data", "for", "12", "24", "months,", "never", "share.", "l’été", "(GDPR)", "*all*", "**bold**", "[x](https://a.example)", "`code`", "~~old~~", "情報を保存", "a_b", "<b>", "&amp;", "1.", "#", "|"), { minLength: 1, maxLength: 12 }).map((list) => list.join(" "));
const blockOf = fc.tuple(fc.constantFrom("", "# ", "### ", "- ", "> ", "1. ", "  - ", "| "), phrase).map(([start, text]) => start + text);
const document = fc.array(blockOf, { maxLength: 12 });

/** A document and what editing made of it: blocks dropped, doubled, moved, reworded. */
const edited = document.chain((blocks) =>
  fc.tuple(fc.constant(blocks), fc.array(fc.tuple(fc.nat(12), fc.nat(12), fc.constantFrom("drop", "move", "reword", "insert"), blockOf), { maxLength: 8 })).map(([start, edits]) => {
    const result = [...start];
    for (const [at, other, kind, text] of edits) {
      if (kind === "drop") result.splice(at, 1);
      else if (kind === "insert") result.splice(at, 0, text);
      else if (kind === "move") result.splice(other, 0, ...result.splice(at, 1));
      else if (at < result.length) result[at] = (result[at] ?? "").split(" ").map((word, index) => (index % 5 === other % 5 ? "changed" : word)).join(" ");
    }
    return [start.join("\n\n"), result.join("\n\n")] as const;
  }),
);

test("same and removed are the old text, same and added the new, over any edits", () => {
  fc.assert(fc.property(edited, ([from, to]) => expectBothSides(from, to)), { numRuns: 300 });
}, 60_000);

test("the parts of two texts are those texts, split either way", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), fc.string({ unit: "grapheme", maxLength: 60 }), fc.constantFrom(words, spacedWords), (from, to, split) => {
      const parts = differWords(from, to, split);
      expect(parts.filter((part) => part.kind !== "added").map((part) => part.text).join("")).toBe(from);
      expect(parts.filter((part) => part.kind !== "removed").map((part) => part.text).join("")).toBe(to);
    }),
    { numRuns: 500 },
  );
});

test("the difference as Markdown reads, rendered, as both texts", () => {
  const side = (blocks: readonly TextBlock[]) => blocks.map((block) => block.text).join("").replace(/\s+/g, "");
  fc.assert(
    fc.property(edited, ([from, to]) => {
      const markdown = compareTextsMarkdown(from, to);
      expect(readMarkdown(markdown, "del")).toBe(readMarkdown(compareTextsMarkdown(to, to), "del"));
      expect(readMarkdown(compareTextsMarkdown(to, to), "del")).toBe(side(textBlocks(to)));
    }),
    { numRuns: 100, examples: [[["# # #", "# # #"]], [["# ## ##", "# a #"]]] },
  );
}, 60_000);

test("neighbouring versions of the real policy, and the first and the last, come out whole", () => {
  const texts = corpusHistory().versions.map((version) => version.markdown);
  const times: number[] = [];
  texts.forEach((text, index) => {
    const next = texts[index + 1] ?? texts[0] ?? "";
    const started = performance.now();
    compareTexts(text, next);
    times.push(performance.now() - started);
    expectBothSides(text, next);
  });
  times.sort((a, b) => a - b);
  console.warn(`comparing neighbours: median ${times[48]?.toFixed(1)} ms, slowest ${times.at(-1)?.toFixed(1)} ms`);
}, 60_000);

test("far versions of the real policy come out whole", () => {
  const texts = corpusHistory().versions.map((version) => version.markdown);
  for (let index = 0; index < texts.length; index += 8) expectBothSides(texts[index] ?? "", texts.at(-1 - index) ?? "");
}, 60_000);

test("a changed number is all that is marked", () => {
  const { blocks, stats } = compareTexts("# Data\n\nWe keep it for **12 months**, then it is gone.", "# Data\n\nWe keep it for 24 months, then it is gone.");
  expect(blocks.map((block) => block.kind)).toEqual(["same", "changed"]);
  expect(blocks[1]?.parts).toEqual([
    { kind: "same", text: "We keep it for " },
    { kind: "removed", text: "12" },
    { kind: "added", text: "24" },
    { kind: "same", text: " months, then it is gone." },
  ]);
  expect(stats).toEqual({ addedWords: 1, removedWords: 1, sameWords: 10 });
});

test("markers alone are no change", () => {
  const { blocks, stats } = compareTexts("We keep **all** of _it_.\n\n* one\n* two", "We keep all of it.\n\n- one\n- *two*");
  expect(blocks.every((block) => block.kind === "same")).toBe(true);
  expect(stats).toMatchObject({ addedWords: 0, removedWords: 0 });
});

test("a phrase is replaced as a phrase, not word by word", () => {
  const parts = differWords("you may ask the support team about it", "you may write to our privacy officer about it");
  expect(parts.map((part) => part.kind)).toEqual(["same", "removed", "added", "same"]);
});

test("a word that came between words that stayed leaves them alone", () => {
  expect(differWords("we will share it", "we will not share it")).toEqual([
    { kind: "same", text: "we will " },
    { kind: "added", text: "not " },
    { kind: "same", text: "share it" },
  ]);
});

test("a paragraph that stands elsewhere is moved, not removed and added", () => {
  const [a, b, c] = ["The first paragraph is about what is kept.", "The second one is about how long that is.", "The third one says who else may see it."];
  const { blocks } = compareTexts([a, b, c].join("\n\n"), [c, a, b].join("\n\n"));
  expect(blocks.map((block) => [block.kind, block.fromIndex, block.toIndex])).toEqual([["moved", 2, 0], ["same", 0, 1], ["same", 1, 2]]);
});

test("what went is shown before what came in its place", () => {
  const { blocks } = compareTexts("Same.\n\nOld words entirely here.\n\nEnd.", "Same.\n\nSomething quite different now stands.\n\nEnd.");
  expect(blocks.map((block) => block.kind)).toEqual(["same", "removed", "added", "same"]);
});

test("a link that leads elsewhere is a change though its words stayed", () => {
  const { blocks, stats } = compareTexts("See [our terms](https://a.example/1).", "See [our terms](https://a.example/2).");
  expect(blocks).toMatchObject([{ kind: "changed", links: [{ kind: "removed", text: "our terms", url: "https://a.example/1" }, { kind: "added", text: "our terms", url: "https://a.example/2" }] }]);
  expect(stats).toMatchObject({ addedWords: 0, removedWords: 0 });
  expect(compareTexts("[a](/1) and [b](/2)", "[a](/2) and [b](/1)").blocks[0]?.links).toHaveLength(4);
  expect(compareTexts("See [our terms](/1).", "See [the terms](/1).").blocks[0]?.links).toEqual([]);
});

test("headings, items and rows say what they are", () => {
  const { blocks } = compareTexts("", "# A\n\n- b\n  - c\n\n| d | e |\n|---|---|\n| f | g |\n\n```\nh\n```\n\ni");
  expect(blocks.map((block) => [block.kind, block.role, block.level, block.parts[0]?.text])).toEqual([
    ["added", "heading", 1, "A"], ["added", "item", 1, "b"], ["added", "item", 2, "c"], ["added", "row", 0, "d | e"], ["added", "row", 0, "f | g"], ["added", "code", 0, "h"], ["added", "paragraph", 0, "i"],
  ]);
});

test("the Markdown of a difference strikes out what went, sets bold what came, and escapes the rest", () => {
  const from = "# Data\n\nKept 12 months, see *note*.\n\n- one\n- two";
  const to = "# Data\n\nKept 24 months, see _note_ [1].\n\n- one\n- three things";
  expect(compareTextsMarkdown(from, to)).toBe("# Data\n\nKept ~~12~~ **24** months, see ~~note.~~ **note \\[1\\].**\n\n- one\n- ~~two~~\n- **three things**\n");
  expect(compareTextsMarkdown("\\# no heading", "\\# no heading\n\n1\\. no list")).toBe("\\# no heading\n\n**1. no list**\n");
  expect(compareTextsMarkdown("a", "a")).toBe("a\n");
  expect(compareTextsMarkdown("", "")).toBe("");
});

test("words are counted in every script", () => {
  expect(countWords("We don’t keep 12 e-mails.")).toBe(6);
  expect(countWords("情報を")).toBe(3);
});

test("two long texts with nothing in common are compared all the same", () => {
  const text = (word: string) => Array.from({ length: 3000 }, (_, index) => `${word}${index} ${word}${index + 1} ${word} here.`).join("\n\n");
  expectBothSides(text("x"), text("y"));
  expectBothSides("word ".repeat(50_000), "other thing ".repeat(50_000));
}, 60_000);

test("the same two texts are compared once, and only a real difference counts", () => {
  expect(compareTexts("a", "b")).toBe(compareTexts("a", "b"));
  expect(compareBlocks([], [])).toEqual({ blocks: [], stats: { addedWords: 0, removedWords: 0, sameWords: 0 } });
});
