import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { settings } from "@/lib/data/settings/settings";

const payload = z.strictObject({
  person: z.uuid(),
  /** The API key that minted it: once that is revoked, so is everything that it minted. */
  key: z.uuid(),
  /** Seconds since 1970 from which on it is no longer taken. */
  exp: z.int(),
});
export type PersonToken = z.infer<typeof payload>;

/** `hp1.base64url(payload).base64url(HMAC-SHA256)`, under a key derived from the house's secret. */
export function signPersonToken(token: PersonToken): string {
  const body = Buffer.from(JSON.stringify(token), "utf8").toString("base64url");
  return `hp1.${body}.${macOf(body)}`;
}

/** What a token says, or null where it is not one of this house's, whichever bit is off. Does not judge `exp`. */
export function readPersonToken(token: string): PersonToken | null {
  const [kind, body, mac, ...more] = token.split(".");
  if (kind !== "hp1" || body === undefined || mac === undefined || more.length > 0) return null;
  const [given, expected] = [Buffer.from(mac, "utf8"), Buffer.from(macOf(body), "utf8")];
  // As text, not decoded: base64url has spare bits that decoding would forgive.
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  return payload.parse(JSON.parse(Buffer.from(body, "base64url").toString("utf8")));
}

function macOf(body: string): string {
  const key = createHmac("sha256", settings().secret).update("handshake person token v1").digest();
  return createHmac("sha256", key).update(body, "utf8").digest("base64url");
}
