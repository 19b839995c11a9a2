import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";

test("many at once are hashed as each alone", async () => {
  process.env["DATABASE_URL"] = "postgresql://nobody@localhost/none";
  process.env["HANDSHAKE_SECRET"] = randomBytes(48).toString("base64");
  process.env["HANDSHAKE_MASTER_KEY"] = randomBytes(32).toString("base64");
  const { keyedHash } = await import("@/lib/data/seal");
  const { keyedHashes } = await import("@/lib/data/keyed-hashes");
  const value = fc.oneof(fc.string(), fc.string({ unit: "grapheme", maxLength: 200 }), fc.constant(null));
  fc.assert(
    fc.property(fc.array(value, { maxLength: 20 }), fc.constantFrom("ref" as const, "suppressed ref" as const), (values, label) => {
      const alone = values.map((one) => (one === null ? Buffer.alloc(32) : Buffer.from(keyedHash(label, one))));
      expect(keyedHashes(label, values).equals(Buffer.concat(alone))).toBe(true);
    }),
  );
});
