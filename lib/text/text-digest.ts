import { createHash } from "node:crypto";

/** SHA-256 of the bytes (a string counts as its UTF-8), as 64 lower-case hexadecimal digits. */
export function textDigest(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}
