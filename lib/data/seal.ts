import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";
import { settings } from "@/lib/data/settings/settings";

/**
 * What identifies a person is sealed: AES-256-GCM (NIST SP 800-38D), a fresh 12-byte nonce each time.
 * Layout: 1 byte version ‖ 12 bytes nonce ‖ 16 bytes tag ‖ ciphertext.
 */
const version = 1;

export function seal(key: Uint8Array, plain: Uint8Array): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return new Uint8Array(Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), body]));
}

/** Throws when the key is not the one it was sealed under, or a bit is off. */
export function unseal(key: Uint8Array, sealed: Uint8Array): Buffer {
  const bytes = Buffer.from(sealed);
  if (bytes[0] !== version) throw new Error("sealed by an unknown version");
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(1, 13));
  decipher.setAuthTag(bytes.subarray(13, 29));
  return Buffer.concat([decipher.update(bytes.subarray(29)), decipher.final()]);
}

/** Sealed under the house's own master key: personal keys and outgoing mail. */
export const sealForHouse = (plain: Uint8Array): Uint8Array<ArrayBuffer> => seal(settings().masterKey, plain);
export const unsealForHouse = (sealed: Uint8Array): Buffer => unseal(settings().masterKey, sealed);

/** What is looked up by a keyed hash; each under a key of its own, so that hashes of two kinds cannot be matched. */
type Label = "ref" | "email" | "request" | "request words" | "suppressed ref" | "suppressed email" | "kept reply" | "kept request" | "memory";

/** Finds something without keeping what it is found by: HMAC-SHA256 under a key derived from the master key. */
export function keyedHash(label: Label, value: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHmac("sha256", lookupKey(label)).update(value, "utf8").digest());
}

const lookupKeys = new Map<string, Buffer>();
/** The key of `keyedHash`, one a label; 32 bytes. */
export function lookupKey(label: Label): Buffer {
  let key = lookupKeys.get(label);
  if (!key) {
    key = createHmac("sha256", settings().masterKey).update(`handshake ${label} lookup v1`).digest();
    lookupKeys.set(label, key);
  }
  return key;
}
