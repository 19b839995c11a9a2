import { hash } from "node:crypto";
import { lookupKey } from "@/lib/data/seal";

/** SHA-256's block, in bytes, and what it makes. */
const [block, size] = [64, 32];

/**
 * What `keyedHash` makes of each of these, one behind the other, 32 bytes each; zeros for null. HMAC-SHA256 as FIPS 198-1
 * writes it out, over buffers that are used again: for a million of them the objects cost three times as much as the hashing.
 */
export function keyedHashes(label: Parameters<typeof lookupKey>[0], values: readonly (string | null)[]): Buffer {
  const key = lookupKey(label);
  const longest = values.reduce((most, value) => Math.max(most, value?.length ?? 0), 0);
  const inner = Buffer.alloc(block + longest * 3, 0x36);
  const outer = Buffer.alloc(block + size, 0x5c);
  for (let i = 0; i < key.length; i++) {
    inner[i] = key[i]! ^ 0x36;
    outer[i] = key[i]! ^ 0x5c;
  }
  const made = Buffer.alloc(values.length * size);
  values.forEach((value, i) => {
    if (value === null) return;
    const length = inner.write(value, block, "utf8");
    outer.write(hash("sha256", inner.subarray(0, block + length), "binary"), block, "binary");
    made.write(hash("sha256", outer, "binary"), i * size, "binary");
  });
  return made;
}
