import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { grow, leafHash, nodeHash, peaksOf, rootOf, type Sha256 } from "./merkle";

const sha256: Sha256 = (...parts) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
/** The leaves of the reference vectors used by certificate-transparency implementations. */
const leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"].map((data) => Buffer.from(data, "hex"));

/** RFC 6962 §2.1 read literally: split at the largest power of two below n. */
function literalRoot(data: readonly Uint8Array[]): Uint8Array {
  if (data.length === 0) return sha256();
  if (data.length === 1) return leafHash(sha256, data[0]!);
  let split = 1;
  while (split * 2 < data.length) split *= 2;
  return nodeHash(sha256, literalRoot(data.slice(0, split)), literalRoot(data.slice(split)));
}

const rootAfter = (data: readonly Uint8Array[]) => rootOf(sha256, grow(sha256, 0, [], data.map((one) => leafHash(sha256, one))).peaks);

describe("the ledger's tree", () => {
  it("has the known roots", () => {
    expect(hex(rootAfter([]))).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect(hex(rootAfter(leaves.slice(0, 1)))).toBe("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    expect(hex(rootAfter(leaves.slice(0, 7)))).toBe("ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c");
    expect(hex(rootAfter(leaves))).toBe("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
  });

  it("has the root that RFC 6962 defines at every size up to 300", () => {
    const data = Array.from({ length: 300 }, (_, i) => Buffer.from(`entry ${i}`));
    for (let size = 0; size <= data.length; size++) expect(hex(rootAfter(data.slice(0, size)))).toBe(hex(literalRoot(data.slice(0, size))));
  });

  it("grows to the same tree in any batches, and its peaks are the stored nodes at their addresses", () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.uint8Array({ maxLength: 4 }), { maxLength: 9 }), { maxLength: 12 }), (batches) => {
        let size = 0;
        let peaks: Uint8Array[] = [];
        const stored = new Map<string, string>();
        for (const batch of batches) {
          const grown = grow(sha256, size, peaks, batch.map((one) => leafHash(sha256, one)));
          for (const node of grown.nodes) {
            expect(stored.has(`${node.level}/${node.position}`)).toBe(false);
            stored.set(`${node.level}/${node.position}`, hex(node.hash));
          }
          ({ size, peaks } = grown);
          expect(peaks.map(hex)).toEqual(peaksOf(size).map((at) => stored.get(`${at.level}/${at.position}`)));
        }
        expect(hex(rootOf(sha256, peaks))).toBe(hex(literalRoot(batches.flat())));
      }),
    );
  });
});
