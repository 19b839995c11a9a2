import { LRUCache } from "lru-cache";
import { matchAlike, matchMoved, matchSame } from "@/lib/text/align-blocks";
import { type BlockLink, type BlockRole, type TextBlock, textBlocks } from "@/lib/text/text-blocks";
import { textDigest } from "@/lib/text/text-digest";
import { countWords, differWords, type TextPart } from "@/lib/text/word-difference";

/** A link whose words or address came or went; the words alone do not show where a link leads. */
export type LinkChange = BlockLink & { readonly kind: "added" | "removed" };

/** One block of a comparison, in the order of the new text; what went stands where it was. */
export type ComparedBlock = {
  readonly kind: "same" | "added" | "removed" | "changed" | "moved";
  readonly role: BlockRole;
  /** Of a heading its level (1–6), of an item how deep its list is nested (from 1); 0 for all else. */
  readonly level: number;
  readonly parts: readonly TextPart[];
  /** Only of blocks that stand in both texts. */
  readonly links: readonly LinkChange[];
  /** Its place among the old text's blocks (from 0); null when it is new. */
  readonly fromIndex: number | null;
  /** Its place among the new text's blocks (from 0); null when it went. */
  readonly toIndex: number | null;
};

export type TextComparison = {
  readonly blocks: readonly ComparedBlock[];
  /** In words. A moved block's words stayed the same. */
  readonly stats: { readonly addedWords: number; readonly removedWords: number; readonly sameWords: number };
};

// Texts never change under their digests, so nothing here is ever stale; the bounds are bytes.
const blockCache = new LRUCache<string, readonly TextBlock[]>({ maxSize: 16 * 1024 * 1024, sizeCalculation: (blocks) => 512 + blocks.reduce((sum, block) => sum + 200 + 2 * block.text.length, 0) });
const cache = new LRUCache<string, TextComparison>({ maxSize: 16 * 1024 * 1024, sizeCalculation: sizeOf });

/**
 * Compares two Markdown texts as a lawyer reads them: paragraph by paragraph, and word by word where one was
 * reworded. Markers are left out, so that only a change of words (or of where a link leads) counts as a change.
 */
export function compareTexts(from: string, to: string): TextComparison {
  const fromDigest = textDigest(from);
  const toDigest = textDigest(to);
  const key = `${fromDigest} ${toDigest}`;
  const known = cache.get(key);
  if (known) return known;
  const comparison = compareBlocks(blocksOf(from, fromDigest), blocksOf(to, toDigest));
  cache.set(key, comparison);
  return comparison;
}

/** {@link compareTexts} on texts already taken apart. */
export function compareBlocks(from: readonly TextBlock[], to: readonly TextBlock[]): TextComparison {
  const same = matchSame(from, to);
  const moved = matchMoved(from, to, same);
  const pairs = new Map(matchAlike(from, to, same, moved).map((match) => [match.to, match.from]));
  const fixed = new Map([...same, ...moved].map((match) => [match.to, match.from]));
  const isMoved = new Set(moved.map((match) => match.to));
  const inTo = new Set([...fixed.values(), ...pairs.values()]);

  const blocks: ComparedBlock[] = [];
  let next = 0;
  const removedBefore = (end: number) => {
    for (; next < end; next += 1) {
      const block = from[next];
      if (block && !inTo.has(next)) blocks.push({ kind: "removed", role: block.role, level: block.level, parts: [{ kind: "removed", text: block.text }], links: [], fromIndex: next, toIndex: null });
    }
  };
  const places = placesInOld(to.length, from.length, (toIndex) => (isMoved.has(toIndex) ? undefined : (fixed.get(toIndex) ?? pairs.get(toIndex))));
  to.forEach((block, toIndex) => {
    removedBefore(places[toIndex] ?? 0);
    const fromIndex = fixed.get(toIndex) ?? pairs.get(toIndex) ?? null;
    const before = fromIndex === null ? undefined : from[fromIndex];
    const place = { role: block.role, level: block.level, fromIndex, toIndex };
    if (fromIndex === null || !before) {
      blocks.push({ ...place, kind: "added", parts: [{ kind: "added", text: block.text }], links: [] });
      return;
    }
    const parts = differWords(before.text, block.text);
    const links = differLinks(before.links, block.links);
    const changed = before.text !== block.text || links.length > 0;
    blocks.push({ ...place, kind: isMoved.has(toIndex) ? "moved" : changed ? "changed" : "same", parts, links });
  });
  removedBefore(from.length);
  return { blocks, stats: statsOf(blocks) };
}

/** For each new block the place of the next one that stands in both texts: what went before it is shown first, then what came. */
function placesInOld(toLength: number, fromLength: number, match: (toIndex: number) => number | undefined): number[] {
  const places: number[] = [];
  for (let index = toLength - 1, place = fromLength; index >= 0; index -= 1) places[index] = place = match(index) ?? place;
  return places;
}

function blocksOf(markdown: string, digest: string): readonly TextBlock[] {
  const known = blockCache.get(digest);
  if (known) return known;
  const blocks = textBlocks(markdown);
  blockCache.set(digest, blocks);
  return blocks;
}

/** A link that only got other words is no change of links: the words show it. Two links that exchanged their addresses are. */
function differLinks(from: readonly BlockLink[], to: readonly BlockLink[]): LinkChange[] {
  const removed = without(from, to);
  const added = without(to, from);
  const renamed = (link: BlockLink, others: readonly BlockLink[]) =>
    others.some((other) => other.url === link.url) && !others.some((other) => other.text === link.text);
  return [
    ...removed.filter((link) => !renamed(link, added)).map((link) => ({ ...link, kind: "removed" as const })),
    ...added.filter((link) => !renamed(link, removed)).map((link) => ({ ...link, kind: "added" as const })),
  ];
}

/** The links that have no equal among the others, each counted once. */
function without(links: readonly BlockLink[], others: readonly BlockLink[]): BlockLink[] {
  const left = new Map<string, number>();
  const key = (link: BlockLink) => `${link.url} ${link.text}`;
  for (const other of others) left.set(key(other), (left.get(key(other)) ?? 0) + 1);
  return links.filter((link) => {
    const count = left.get(key(link)) ?? 0;
    left.set(key(link), count - 1);
    return count <= 0;
  });
}

function statsOf(blocks: readonly ComparedBlock[]): TextComparison["stats"] {
  const count = { added: 0, removed: 0, same: 0 };
  for (const block of blocks) for (const part of block.parts) count[part.kind] += countWords(part.text);
  return { addedWords: count.added, removedWords: count.removed, sameWords: count.same };
}

function sizeOf(comparison: TextComparison): number {
  return 512 + comparison.blocks.reduce((sum, block) => sum + 300 + block.parts.reduce((inner, part) => inner + 80 + 2 * part.text.length, 0), 0);
}
