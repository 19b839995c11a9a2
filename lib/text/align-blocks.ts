import { diffArrays } from "diff";
import { type TextBlock } from "@/lib/text/text-blocks";
import { words } from "@/lib/text/word-difference";

/** Two blocks that are the same one, by their places in the old and the new text. */
export type Match = { readonly from: number; readonly to: number };

/** What is unmatched between two matches: places `from`…`fromEnd` of the old text stand against `to`…`toEnd` of the new. */
type Gap = { readonly from: number; readonly fromEnd: number; readonly to: number; readonly toEnd: number };

const mostEdits = 500;
/** Pairs tried in one gap; a gap with more is a rewritten text, and pairing it would mislead as well as take seconds. */
const mostPairs = 60_000;
const alike = 0.4;
const movedAtLeast = 20;

/** Blocks with the same words, in order: anchors are texts that occur once on each side, the gaps between them are compared in full. */
export function matchSame(from: readonly TextBlock[], to: readonly TextBlock[]): Match[] {
  const anchors = increasing(uniquePairs(from, to));
  return gapsBetween(anchors, from.length, to.length).flatMap((gap, index) => {
    const inside = matchInGap(from, to, gap);
    const anchor = anchors[index];
    return anchor ? [...inside, anchor] : inside;
  });
}

/** Blocks that stand elsewhere now, word for word; only texts long enough (20 characters) that this is no coincidence. */
export function matchMoved(from: readonly TextBlock[], to: readonly TextBlock[], matched: readonly Match[]): Match[] {
  const takenFrom = new Set(matched.map((match) => match.from));
  const takenTo = new Set(matched.map((match) => match.to));
  const places = new Map<string, number[]>();
  from.forEach((block, index) => {
    if (takenFrom.has(index) || block.text.length < movedAtLeast) return;
    const list = places.get(block.text);
    if (list) list.push(index);
    else places.set(block.text, [index]);
  });
  return to.flatMap((block, index) => {
    const place = takenTo.has(index) ? undefined : places.get(block.text)?.shift();
    return place === undefined ? [] : [{ from: place, to: index }];
  });
}

/** Blocks that were reworded: in each gap, the pairs in order whose words are most alike altogether. */
export function matchAlike(from: readonly TextBlock[], to: readonly TextBlock[], same: readonly Match[], moved: readonly Match[]): Match[] {
  const movedFrom = new Set(moved.map((match) => match.from));
  const movedTo = new Set(moved.map((match) => match.to));
  return gapsBetween(same, from.length, to.length).flatMap((gap) => {
    const left = range(gap.from, gap.fromEnd).filter((index) => !movedFrom.has(index));
    const right = range(gap.to, gap.toEnd).filter((index) => !movedTo.has(index));
    if (left.length === 0 || right.length === 0 || left.length * right.length > mostPairs) return [];
    return bestPairs(left, right, likeness(from, left, to, right));
  });
}

function uniquePairs(from: readonly TextBlock[], to: readonly TextBlock[]): Match[] {
  const places = (blocks: readonly TextBlock[]) => {
    const found = new Map<string, number | null>();
    blocks.forEach((block, index) => found.set(block.text, found.has(block.text) ? null : index));
    return found;
  };
  const inTo = places(to);
  return [...places(from)].flatMap(([text, index]) => {
    const other = inTo.get(text);
    return index === null || other === null || other === undefined ? [] : [{ from: index, to: other }];
  });
}

/** The longest run of matches that keeps the order of both texts (patience sorting, n log n). */
function increasing(matches: readonly Match[]): Match[] {
  type Link = { readonly match: Match; readonly before: Link | undefined };
  const piles: Link[] = [];
  for (const match of matches) {
    let low = 0;
    let high = piles.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const top = piles[middle];
      if (top && top.match.to < match.to) low = middle + 1;
      else high = middle;
    }
    piles[low] = { match, before: piles[low - 1] };
  }
  const result: Match[] = [];
  for (let link = piles.at(-1); link; link = link.before) result.push(link.match);
  return result.reverse();
}

function matchInGap(from: readonly TextBlock[], to: readonly TextBlock[], gap: Gap): Match[] {
  if (gap.from === gap.fromEnd || gap.to === gap.toEnd) return [];
  const texts = (blocks: readonly TextBlock[], start: number, end: number) => blocks.slice(start, end).map((block) => block.text);
  const changes = diffArrays(texts(from, gap.from, gap.fromEnd), texts(to, gap.to, gap.toEnd), { maxEditLength: mostEdits }) ?? [];
  const matches: Match[] = [];
  let left = gap.from;
  let right = gap.to;
  for (const change of changes) {
    if (!change.added && !change.removed) change.value.forEach((_, index) => matches.push({ from: left + index, to: right + index }));
    if (!change.added) left += change.value.length;
    if (!change.removed) right += change.value.length;
  }
  return matches;
}

function gapsBetween(matches: readonly Match[], fromEnd: number, toEnd: number): Gap[] {
  const ends = [...matches, { from: fromEnd, to: toEnd }];
  return ends.map((end, index) => {
    const before = matches[index - 1];
    return { from: before ? before.from + 1 : 0, fromEnd: end.from, to: before ? before.to + 1 : 0, toEnd: end.to };
  });
}

/** For every pair how much of their words they share, 0 to 1 (Dice), straight and curly quotes alike. */
function likeness(from: readonly TextBlock[], left: readonly number[], to: readonly TextBlock[], right: readonly number[]): (i: number, j: number) => number {
  const ids = new Map<string, number>();
  const bag = (blocks: readonly TextBlock[], index: number) => {
    const block = blocks[index];
    const found = words(block?.text.toLowerCase().replaceAll("’", "'") ?? "").filter((word) => /[\p{L}\p{N}]/u.test(word));
    const list = found.map((word) => {
      const id = ids.get(word) ?? ids.size;
      ids.set(word, id);
      return id;
    });
    return { words: Uint32Array.from(list).sort(), isHeading: block?.role === "heading" };
  };
  const leftBags = left.map((index) => bag(from, index));
  const rightBags = right.map((index) => bag(to, index));
  return (i, j) => {
    const a = leftBags[i];
    const b = rightBags[j];
    if (!a || !b || a.isHeading !== b.isHeading) return 0;
    const total = a.words.length + b.words.length;
    if (total === 0 || (2 * Math.min(a.words.length, b.words.length)) / total < alike) return 0;
    return (2 * shared(a.words, b.words)) / total;
  };
}

function shared(a: Uint32Array, b: Uint32Array): number {
  let count = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const x = a[i] ?? 0;
    const y = b[j] ?? 0;
    if (x === y) count += 1;
    if (x <= y) i += 1;
    if (y <= x) j += 1;
  }
  return count;
}

function bestPairs(left: readonly number[], right: readonly number[], score: (i: number, j: number) => number): Match[] {
  const width = right.length + 1;
  const best = new Float64Array((left.length + 1) * width);
  const scores = new Float64Array((left.length + 1) * width);
  const at = (array: Float64Array, i: number, j: number) => array[i * width + j] ?? 0;
  for (let i = left.length - 1; i >= 0; i -= 1) {
    for (let j = right.length - 1; j >= 0; j -= 1) {
      const found = score(i, j);
      scores[i * width + j] = found;
      const paired = found >= alike ? found + at(best, i + 1, j + 1) : 0;
      best[i * width + j] = Math.max(paired, at(best, i + 1, j), at(best, i, j + 1));
    }
  }
  const pairs: Match[] = [];
  for (let i = 0, j = 0; i < left.length && j < right.length; ) {
    const found = at(scores, i, j);
    const [from, to] = [left[i], right[j]];
    if (found >= alike && from !== undefined && to !== undefined && at(best, i, j) === found + at(best, i + 1, j + 1)) {
      pairs.push({ from, to });
      i += 1;
      j += 1;
    } else if (at(best, i, j) === at(best, i + 1, j)) i += 1;
    else j += 1;
  }
  return pairs;
}

function range(start: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - start) }, (_, index) => start + index);
}
