import { diffArrays } from "diff";

/** A stretch of words that stayed, came or went. Same and removed make the old text, same and added the new. */
export type TextPart = { readonly kind: "same" | "added" | "removed"; readonly text: string };

// Chinese, Japanese and Thai put no space between words: there each character counts as one.
const unspaced = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}`;
const token = new RegExp(`[${unspaced}]|(?:(?![${unspaced}])[\\p{L}\\p{M}\\p{N}_'’])+|\\s+|[^]`, "gu");
const isWord = /[\p{L}\p{N}]/u;

/** Beyond this many changed words two paragraphs have nothing to do with each other, and looking further only takes time. */
const mostEdits = 1000;

/** Splits a text into words, runs of blank space and single other characters; joined they are the text again. */
export function words(text: string): string[] {
  return text.match(token) ?? [];
}

/** Splits at blank space alone: punctuation stays with its word. Joined they are the text again. */
export function spacedWords(text: string): string[] {
  return text.match(/\s+|\S+/g) ?? [];
}

/** How many of the pieces from {@link words} are words. */
export function countWords(text: string): number {
  let count = 0;
  for (const each of words(text)) if (isWord.test(each)) count += 1;
  return count;
}

/**
 * The difference of two texts word by word, in whole phrases: a lone "the" between two changes is part of the change.
 *
 * @param split {@link words} or {@link spacedWords}
 */
export function differWords(from: string, to: string, split: (text: string) => string[] = words): TextPart[] {
  if (from === to) return from === "" ? [] : [{ kind: "same", text: from }];
  const changes = diffArrays(split(from), split(to), { maxEditLength: mostEdits });
  if (!changes) return [part("removed", from), part("added", to)].flat();
  const parts = changes.flatMap((change) => part(change.added ? "added" : change.removed ? "removed" : "same", change.value.join("")));
  return inPhrases(parts);
}

function part(kind: TextPart["kind"], text: string): TextPart[] {
  return text === "" ? [] : [{ kind, text }];
}

/** Takes short unchanged stretches between two changes into them, and puts what went before what came. */
function inPhrases(parts: readonly TextPart[]): TextPart[] {
  const result: TextPart[] = [];
  let removed = "";
  let added = "";
  parts.forEach((each, index) => {
    if (each.kind === "removed") removed += each.text;
    else if (each.kind === "added") added += each.text;
    else if (removed + added !== "" && index < parts.length - 1 && isFiller(each.text, removed, added, parts, index)) {
      removed += each.text;
      added += each.text;
    } else {
      result.push(...part("removed", removed), ...part("added", added), each);
      removed = "";
      added = "";
    }
  });
  return [...result, ...part("removed", removed), ...part("added", added)];
}

/** Blank space between two replaced phrases; or a word or two where at least as many change on either side. */
function isFiller(same: string, removed: string, added: string, parts: readonly TextPart[], index: number): boolean {
  const next = [parts[index + 1], parts[index + 2]].filter((each) => each !== undefined && each.kind !== "same");
  const nextRemoved = next.some((each) => each?.kind === "removed");
  const nextAdded = next.some((each) => each?.kind === "added");
  // Where words only came, or only went, on both sides, what stayed between them is worth seeing.
  if (!(removed !== "" || nextRemoved) || !(added !== "" || nextAdded)) return false;
  if (same.trim() === "") return true;
  const kept = countWords(same);
  if (kept > 2) return false;
  const before = Math.max(countWords(removed), countWords(added));
  const after = Math.max(0, ...next.map((each) => countWords(each?.text ?? "")));
  return before > kept && after > kept;
}
