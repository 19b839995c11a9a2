/**
 * RFC 6962 Merkle tree hashing (§2.1), pure: the caller brings SHA-256.
 * Only complete subtrees are kept as nodes, addressed by level (0 = leaves) and position from the left. Sizes and positions
 * are whole numbers below 2^53.
 */
export type Sha256 = (...parts: readonly Uint8Array[]) => Uint8Array;
export type Node = { readonly level: number; readonly position: number; readonly hash: Uint8Array };

const leafPrefix = Uint8Array.of(0);
const nodePrefix = Uint8Array.of(1);

/** RFC 6962 §2.1: MTH({d}) = SHA-256(0x00 ‖ d). */
export const leafHash = (sha256: Sha256, data: Uint8Array): Uint8Array => sha256(leafPrefix, data);

/** RFC 6962 §2.1: SHA-256(0x01 ‖ left ‖ right). */
export const nodeHash = (sha256: Sha256, left: Uint8Array, right: Uint8Array): Uint8Array => sha256(nodePrefix, left, right);

/** Addresses of the roots of the complete subtrees that make up a tree of `size` leaves, largest (leftmost) first. */
export function peaksOf(size: number): { level: number; position: number }[] {
  const peaks: { level: number; position: number }[] = [];
  for (let level = 0, rest = size; rest > 0; level++, rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) peaks.push({ level, position: rest - 1 });
  }
  return peaks.reverse();
}

/** The root over peaks, largest first; of no leaves at all it is SHA-256 of nothing. */
export function rootOf(sha256: Sha256, peaks: readonly Uint8Array[]): Uint8Array {
  const last = peaks.at(-1);
  if (last === undefined) return sha256();
  let root = last;
  for (let i = peaks.length - 2; i >= 0; i--) root = nodeHash(sha256, peaks[i]!, root);
  return root;
}

/**
 * Appends leaf hashes to a tree of `size` leaves whose peaks (largest first) are given.
 * Returns every node that becomes complete, in order, and the new tree's peaks.
 */
export function grow(
  sha256: Sha256,
  size: number,
  peaks: readonly Uint8Array[],
  leaves: readonly Uint8Array[],
): { nodes: Node[]; peaks: Uint8Array[]; size: number } {
  const stack = [...peaks];
  const nodes: Node[] = [];
  let count = size;
  for (const leaf of leaves) {
    nodes.push({ level: 0, position: count, hash: leaf });
    stack.push(leaf);
    let position = count;
    for (let level = 1; position % 2 === 1; level++) {
      const right = stack.pop()!;
      const left = stack.pop()!;
      const hash = nodeHash(sha256, left, right);
      position = (position - 1) / 2;
      nodes.push({ level, position, hash });
      stack.push(hash);
    }
    count++;
  }
  return { nodes, peaks: stack, size: count };
}
