import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import fc from "fast-check";
import { MerkleTree } from "merkletreejs";
import { describe, expect, it } from "vitest";
import { grow, leafHash, nodeHash, rootOf, type Sha256 } from "./merkle";
import { consistencyPath, hashesOf, inclusionPath, isConsistent, isIncluded, type Address } from "./merkle-proofs";

const sha256: Sha256 = (...parts) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** A verifier written elsewhere; its package does not export the file by name. */
const { verifyMerkleInclusion } = createRequire(import.meta.url)("../../node_modules/@sigstore/verify/dist/tlog/merkle.js") as {
  verifyMerkleInclusion(
    entry: { canonicalizedBody: Uint8Array; inclusionProof: { logIndex: string; hashes: readonly Uint8Array[] } },
    checkpoint: { logSize: bigint; logHash: Uint8Array },
  ): void;
};

const most = 600;
const data = Array.from({ length: most }, (_, i) => Buffer.from(`entry ${i}`));
const leaves = data.map((one) => leafHash(sha256, one));
const grown = grow(sha256, 0, [], leaves);
const nodes = new Map(grown.nodes.map((node) => [`${node.level}/${node.position}`, node.hash]));
const stored = ({ level, position }: Address) => nodes.get(`${level}/${position}`) ?? expect.fail(`node ${level}/${position} is not stored`);
const roots = Array.from({ length: most + 1 }, (_, size) => Buffer.from(rootOf(sha256, grow(sha256, 0, [], leaves.slice(0, size)).peaks)));
const inclusion = (index: number, size: number) => hashesOf(sha256, inclusionPath(index, size), stored);
const consistency = (older: number, newer: number) => hashesOf(sha256, consistencyPath(older, newer), stored);
const included = (proof: readonly Uint8Array[], index: number, size: number, leaf = leaves[index]!) => isIncluded(sha256, proof, { index, size }, leaf, roots[size]!);
const consistent = (proof: readonly Uint8Array[], older: number, newer: number) =>
  isConsistent(sha256, proof, { size: older, root: roots[older]! }, { size: newer, root: roots[newer]! });

/** RFC 6962 §2.1 read literally. */
function literalRoot(from: number, to: number): Uint8Array {
  if (to - from === 1) return leaves[from]!;
  const middle = from + half(to - from);
  return nodeHash(sha256, literalRoot(from, middle), literalRoot(middle, to));
}

/** RFC 6962 §2.1.2 read literally: SUBPROOF(m, D[n], b). */
function literalSubproof(m: number, from: number, to: number, whole: boolean): Uint8Array[] {
  if (m === to) return whole ? [] : [literalRoot(from, to)];
  const middle = from + half(to - from);
  if (m <= middle) return [...literalSubproof(m, from, middle, whole), literalRoot(middle, to)];
  return [...literalSubproof(m, middle, to, false), literalRoot(from, middle)];
}

function half(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

const places = fc.integer({ min: 1, max: most }).chain((size) => fc.record({ size: fc.constant(size), index: fc.nat(size - 1) }));

describe("proofs", () => {
  it("lead to the root that another library computes, at every size", () => {
    for (let size = 1; size <= most; size++) {
      const tree = new MerkleTree(leaves.slice(0, size).map((leaf) => Buffer.from(leaf)), (pair: Buffer) => Buffer.from(sha256(Uint8Array.of(1), pair)));
      expect(tree.getRoot().equals(roots[size]!), `size ${size}`).toBe(true);
    }
  });

  it("are accepted by another verifier and by ours, from every leaf at every size", () => {
    for (let size = 1; size <= most; size++) {
      // Every leaf of small trees; of larger ones the ends, the middle, and some that move with the size.
      const indexes = size <= 40 ? Array.from({ length: size }, (_, i) => i) : [0, 1, half(size) - 1, half(size), size - 2, size - 1, (size * 7919) % size, (size * 104_729) % size];
      for (const index of indexes) {
        const hashes = inclusion(index, size);
        verifyMerkleInclusion({ canonicalizedBody: data[index]!, inclusionProof: { logIndex: String(index), hashes } }, { logSize: BigInt(size), logHash: roots[size]! });
        expect(included(hashes, index, size)).toBe(true);
      }
    }
  });

  it("of consistency are those the RFC defines, and are accepted, for every pair of sizes", () => {
    for (let newer = 1; newer <= 70; newer++) {
      for (let older = 1; older <= newer; older++) {
        const hashes = consistency(older, newer);
        expect(hashes.map((one) => Buffer.from(one).toString("hex"))).toEqual(literalSubproof(older, 0, newer, true).map((one) => Buffer.from(one).toString("hex")));
        expect(consistent(hashes, older, newer)).toBe(true);
      }
      expect(consistent([], 0, newer)).toBe(true);
    }
  });

  it("take a step a level of the tree, at ten million leaves", () => {
    expect(inclusionPath(6_543_210, 10_000_000).length).toBeLessThanOrEqual(24);
    expect(inclusionPath(6_543_210, 10_000_000).flat().length).toBeLessThanOrEqual(48);
    expect(consistencyPath(1_234_567, 10_000_000).length).toBeLessThanOrEqual(25);
  });

  it("do not hold for another leaf, another place, another size, or with a bit, a hash or the order changed", () => {
    fc.assert(
      fc.property(places, fc.nat(255), fc.nat(), (at, bit, pick) => {
        const { index, size } = at;
        const hashes = inclusion(index, size);
        if (size > 1) expect(included(hashes, index, size, leaves[(index + 1) % size])).toBe(false);
        expect(included(hashes, index + 1, size)).toBe(false);
        expect(included([...hashes, leaves[0]!], index, size)).toBe(false);
        if (hashes.length > 0) {
          const which = pick % hashes.length;
          expect(included(hashes.filter((_, i) => i !== which), index, size)).toBe(false);
          expect(included(hashes.map((one, i) => (i === which ? flipped(one, bit) : one)), index, size)).toBe(false);
        }
        expect(included(hashes, size, size)).toBe(false);
        expect(included(hashes, -1, size)).toBe(false);
      }),
    );
  });

  it("of consistency do not hold for a tree with another past", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: most }), fc.nat(), fc.nat(255), (newer, pick, bit) => {
        const older = 1 + (pick % (newer - 1));
        const hashes = consistency(older, newer);
        const claim = (was: Uint8Array, is: Uint8Array, proof = hashes) =>
          isConsistent(sha256, proof, { size: older, root: was }, { size: newer, root: is });
        expect(claim(roots[older]!, roots[newer]!)).toBe(true);
        expect(claim(flipped(roots[older]!, bit), roots[newer]!)).toBe(false);
        expect(claim(roots[older]!, flipped(roots[newer]!, bit))).toBe(false);
        expect(claim(roots[older]!, roots[newer]!, hashes.slice(1))).toBe(false);
        expect(claim(roots[older]!, roots[newer]!, [...hashes, leaves[0]!])).toBe(false);
        for (let i = 0; i < hashes.length; i++) expect(claim(roots[older]!, roots[newer]!, hashes.map((one, j) => (j === i ? flipped(one, bit) : one)))).toBe(false);
      }),
    );
    expect(consistent([], 5, 4)).toBe(false);
    expect(consistent([], 7, 7)).toBe(true);
    expect(consistent([leaves[0]!], 7, 7)).toBe(false);
  });

  it("refuse places that are not there", () => {
    expect(() => inclusionPath(3, 3)).toThrow(RangeError);
    expect(() => consistencyPath(4, 3)).toThrow(RangeError);
    expect(inclusionPath(0, 1)).toEqual([]);
    expect(consistencyPath(0, 9)).toEqual([]);
  });
});

function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[bit >> 3]! ^= 1 << (bit & 7);
  return copy;
}
