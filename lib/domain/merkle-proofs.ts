import { nodeHash, peaksOf, rootOf, type Sha256 } from "./merkle";

/** A complete subtree by its place: level 0 are the leaves, positions count from the left. */
export type Address = { readonly level: number; readonly position: number };

/** Leaves `from` to `to`, the last not included. */
type Range = { readonly from: number; readonly to: number };

/**
 * What the inclusion proof of leaf `index` in a tree of `size` leaves consists of, leaf to root (RFC 6962 §2.1.1,
 * PATH): each hash as the complete subtrees that it is made of, largest first. At most 64 hashes.
 */
export function inclusionPath(index: number, size: number): Address[][] {
  if (index < 0 || index >= size) throw new RangeError(`no leaf ${index} in a tree of ${size}`);
  return siblings(index, size).map(subtreesOf);
}

/**
 * The same of the proof that a tree of `older` leaves is how one of `newer` leaves began (RFC 6962 §2.1.2, PROOF).
 * Empty where there is nothing to prove: equal sizes, or an empty beginning.
 */
export function consistencyPath(older: number, newer: number): Address[][] {
  if (older < 0 || older > newer) throw new RangeError(`${newer} leaves do not begin with ${older}`);
  if (older === 0 || older === newer) return [];
  const path: Range[] = [];
  let [from, to, whole] = [0, newer, true];
  while (older !== to) {
    const middle = from + split(to - from);
    if (older <= middle) {
      path.push({ from: middle, to });
      to = middle;
    } else {
      path.push({ from, to: middle });
      from = middle;
      whole = false;
    }
  }
  if (!whole) path.push({ from, to });
  return path.reverse().map(subtreesOf);
}

/** Whether the proof leads from the leaf to the root (RFC 9162 §2.1.3.2). */
export function isIncluded(sha256: Sha256, proof: readonly Uint8Array[], at: { readonly index: number; readonly size: number }, leaf: Uint8Array, root: Uint8Array): boolean {
  if (at.index < 0 || at.index >= at.size) return false;
  let [place, last, hash] = [at.index, at.size - 1, leaf];
  for (const one of proof) {
    if (last === 0) return false;
    if (isOdd(place) || place === last) {
      hash = nodeHash(sha256, one, hash);
      while (!isOdd(place) && place !== 0) [place, last] = [half(place), half(last)];
    } else {
      hash = nodeHash(sha256, hash, one);
    }
    [place, last] = [half(place), half(last)];
  }
  return last === 0 && equal(hash, root);
}

/** Whether the proof shows that the newer tree began as the older one (RFC 9162 §2.1.4.2). */
export function isConsistent(
  sha256: Sha256,
  proof: readonly Uint8Array[],
  older: { readonly size: number; readonly root: Uint8Array },
  newer: { readonly size: number; readonly root: Uint8Array },
): boolean {
  if (older.size > newer.size || older.size < 0) return false;
  if (older.size === newer.size) return proof.length === 0 && equal(older.root, newer.root);
  if (older.size === 0) return proof.length === 0 && equal(older.root, sha256());
  const isPower = split(older.size + 1) === older.size;
  const [first, ...rest] = isPower ? [older.root, ...proof] : proof;
  if (first === undefined) return false;
  let [place, last] = [older.size - 1, newer.size - 1];
  while (isOdd(place)) [place, last] = [half(place), half(last)];
  let [was, is] = [first, first];
  for (const one of rest) {
    if (last === 0) return false;
    if (isOdd(place) || place === last) {
      was = nodeHash(sha256, one, was);
      is = nodeHash(sha256, one, is);
      while (!isOdd(place) && place !== 0) [place, last] = [half(place), half(last)];
    } else {
      is = nodeHash(sha256, is, one);
    }
    [place, last] = [half(place), half(last)];
  }
  return last === 0 && equal(was, older.root) && equal(is, newer.root);
}

/** The hashes of a path, each made of its subtrees' hashes. */
export function hashesOf(sha256: Sha256, path: readonly (readonly Address[])[], hashOf: (address: Address) => Uint8Array): Uint8Array[] {
  return path.map((subtrees) => rootOf(sha256, subtrees.map(hashOf)));
}

/** What stands beside the way from a leaf to the root, leaf first. */
function siblings(index: number, size: number): Range[] {
  const path: Range[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + split(to - from);
    path.push(index < middle ? { from: middle, to } : { from, to: middle });
    [from, to] = index < middle ? [from, middle] : [middle, to];
  }
  return path.reverse();
}

/** A range that begins where a tree of its size may: the peaks of such a tree, moved there. */
function subtreesOf({ from, to }: Range): Address[] {
  return peaksOf(to - from).map(({ level, position }) => ({ level, position: position + from / 2 ** level }));
}

/** The largest power of two smaller than `size`; `size` is at least 2. */
function split(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}

const isOdd = (n: number): boolean => n % 2 === 1;
const half = (n: number): number => Math.floor(n / 2);

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
