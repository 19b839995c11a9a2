import { createHash, createPublicKey, verify, type KeyObject } from "node:crypto";

/** RFC 6962 read once more, straight from its definitions and sharing nothing with what writes the tree. */
const sha256 = (...parts: Uint8Array[]): Buffer => createHash("sha256").update(Buffer.concat(parts)).digest();

export const leafOf = (body: string): Buffer => sha256(Buffer.of(0), Buffer.from(body, "utf8"));
const join = (left: Uint8Array, right: Uint8Array): Buffer => sha256(Buffer.of(1), left, right);

/** The largest power of two below `size`, which is at least 2. */
const half = (size: number): number => 2 ** (Math.ceil(Math.log2(size)) - 1);

/** Every complete subtree over these leaves, by level and position. */
export function subtreesOf(leaves: readonly Buffer[]): Buffer[][] {
  const levels = [[...leaves]];
  for (let below = levels[0]!; below.length > 1; below = levels.at(-1)!) {
    levels.push(Array.from({ length: Math.floor(below.length / 2) }, (_, i) => join(below[2 * i]!, below[2 * i + 1]!)));
  }
  return levels;
}

/** §2.1, MTH of the `size` leaves from `from` on. */
export function rootOf(subtrees: readonly Buffer[][], size: number, from = 0): Buffer {
  if (size === 0) return sha256();
  if (Number.isInteger(Math.log2(size))) return subtrees[Math.log2(size)]![from / size]!;
  const left = half(size);
  return join(rootOf(subtrees, left, from), rootOf(subtrees, size - left, from + left));
}

/** §2.1.1 backwards: the root that a proof (leaf to root) leads to; null where it is too long or too short. */
export function rootByProof(leaf: Buffer, index: number, size: number, proof: readonly Buffer[]): Buffer | null {
  const beside = proof.at(-1);
  if (size === 1) return beside === undefined ? leaf : null;
  if (beside === undefined) return null;
  const [left, rest] = [half(size), proof.slice(0, -1)];
  const inner = index < left ? rootByProof(leaf, index, left, rest) : rootByProof(leaf, index - left, size - left, rest);
  if (inner === null) return null;
  return index < left ? join(inner, beside) : join(beside, inner);
}

export type Read = { readonly size: number; readonly root: Buffer };

const read = new Map<string, Read | null>();

/** A checkpoint, read (c2sp.org/tlog-checkpoint); null where it is none of the key's, or its signature does not hold. */
export function readNote(note: string, vkey: string): Read | null {
  const named = `${vkey}\n${note}`;
  const known = read.get(named);
  if (known !== undefined) return known;
  const made = verifyNote(note, vkey);
  read.set(named, made);
  return made;
}

function verifyNote(note: string, vkey: string): Read | null {
  const [, name, , key] = /^(.+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey) ?? [];
  const [, text, origin, size, root, signer, signature] = /^((.+)\n(\d+)\n(.+)\n)\n— (.+) (.+)\n$/.exec(note) ?? [];
  if (name === undefined || key === undefined || text === undefined || signature === undefined || origin !== name || signer !== name) return null;
  const signed = Buffer.from(signature, "base64").subarray(4);
  if (!verify(null, Buffer.from(text, "utf8"), publicKey(key), signed)) return null;
  return { size: Number(size), root: Buffer.from(root ?? "", "base64") };
}

const keys = new Map<string, KeyObject>();

/** An Ed25519 key from a vkey: base64 of one byte that names the algorithm, then the key. */
function publicKey(base64: string): KeyObject {
  const known = keys.get(base64) ?? createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: Buffer.from(base64, "base64").subarray(1).toString("base64url") }, format: "jwk" });
  keys.set(base64, known);
  return known;
}
