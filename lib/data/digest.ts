import { createHash } from "node:crypto";
import canonicalize from "canonicalize";

/** SHA-256 over the parts in order. */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}

/** RFC 8785 canonical JSON. Throws on what JSON cannot say, lone surrogates among it. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError("not a JSON value");
  return text;
}

/** Digest of a value: SHA-256 of its canonical JSON in UTF-8. */
export const digestOf = (value: unknown): Uint8Array<ArrayBuffer> => sha256(Buffer.from(canonicalJson(value), "utf8"));

export const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
export const fromHex = (hex: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(hex, "hex"));
