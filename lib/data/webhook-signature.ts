import { createHmac, randomBytes } from "node:crypto";

/** A new secret; Standard Webhooks wants 24 to 64 bytes. */
export const newSecret = (): Uint8Array<ArrayBuffer> => new Uint8Array(randomBytes(32));

/** As staff put it into the subscriber's settings: `whsec_` and base64. */
export const secretInWords = (secret: Uint8Array): string => `whsec_${Buffer.from(secret).toString("base64")}`;

/**
 * The headers of Standard Webhooks 1.0 for one message: `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body` under
 * each secret, parted by spaces. @param at seconds since 1970
 */
export function signedHeaders(message: { readonly id: string; readonly at: number; readonly body: string }, secrets: readonly Uint8Array[]) {
  const signed = `${message.id}.${message.at}.${message.body}`;
  return {
    "webhook-id": message.id,
    "webhook-timestamp": String(message.at),
    "webhook-signature": secrets.map((secret) => `v1,${createHmac("sha256", secret).update(signed, "utf8").digest("base64")}`).join(" "),
  };
}
