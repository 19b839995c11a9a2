import { createHmac, timingSafeEqual } from "node:crypto";

/** An event as it came, and what it is called among deliveries: the same id comes again if you did not answer with 2xx. */
export type WebhookEvent = { readonly id: string; readonly type: string; readonly timestamp: string; readonly data: Readonly<Record<string, unknown>> };

/** How far the sender's clock and yours may be apart, in seconds. */
const tolerance = 5 * 60;

/**
 * Reads a webhook (Standard Webhooks): checks by your `whsec_…` secret that it comes from Handshake, unchanged and lately.
 * @param body the request's body exactly as it came
 * @throws Error for one that is not to be trusted
 */
export function readWebhook(secret: string, headers: Readonly<Record<string, string | readonly string[] | undefined>>, body: string, now = Date.now()): WebhookEvent {
  const header = (name: string): string => {
    const value = headers[name];
    return typeof value === "string" ? value : "";
  };
  const [id, timestamp, signatures] = [header("webhook-id"), header("webhook-timestamp"), header("webhook-signature")];
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now / 1000 - Number(timestamp)) > tolerance) throw new Error("This webhook is from another time.");
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const expected = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`, "utf8").digest();
  const genuine = signatures.split(" ").some((one) => {
    const [version, signature = ""] = one.split(",");
    const given = Buffer.from(signature, "base64");
    return version === "v1" && given.length === expected.length && timingSafeEqual(given, expected);
  });
  if (!genuine) throw new Error("This webhook is not signed with the secret.");
  const event = JSON.parse(body) as Omit<WebhookEvent, "id">;
  return { ...event, id };
}
