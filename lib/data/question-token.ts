import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { settings } from "@/lib/data/settings/settings";

const payload = z.strictObject({
  person: z.uuid(),
  kind: z.enum(["permission", "policy"]),
  /** Of the data use or the policy. */
  id: z.uuid(),
  version: z.int(),
  /** SHA-256 of what was shown, hex. */
  digest: z.string(),
  /** Seconds since 1970 from which on it is no longer taken. */
  exp: z.int(),
});
export type QuestionToken = z.infer<typeof payload>;

/** A question is taken for a day after it was shown; then it is asked afresh. */
export const questionLifetime = 24 * 60 * 60;

/** `base64url(payload).base64url(HMAC-SHA256)`, under a key derived from the house's secret. */
export function signQuestion(question: QuestionToken): string {
  const body = Buffer.from(JSON.stringify(question), "utf8").toString("base64url");
  return `${body}.${macOf(body)}`;
}

/** What a token says, or null where it is not one of ours, whichever bit is off. Does not judge `exp`. */
export function readQuestionToken(token: string): QuestionToken | null {
  const [body, mac, ...more] = token.split(".");
  if (body === undefined || mac === undefined || more.length > 0) return null;
  const [given, expected] = [Buffer.from(mac, "utf8"), Buffer.from(macOf(body), "utf8")];
  // As text, not decoded: base64url has spare bits that decoding would forgive.
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  return payload.parse(JSON.parse(Buffer.from(body, "base64url").toString("utf8")));
}

function macOf(body: string): string {
  const key = createHmac("sha256", settings().secret).update("handshake question token v1").digest();
  return createHmac("sha256", key).update(body, "utf8").digest("base64url");
}
