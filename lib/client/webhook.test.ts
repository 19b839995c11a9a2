import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { describe, expect, test } from "vitest";
import { readWebhook } from "./webhook.js";

const secret = `whsec_${randomBytes(32).toString("base64")}`;
const now = Date.parse("2026-11-22T09:00:00Z");
const body = JSON.stringify({ type: "permission.changed", timestamp: "2026-11-22T09:00:00.000Z", data: { person: "ann" } });
/** Signed by another hand than ours. */
const signed = (of = secret, at = now, text = body) => ({ "webhook-id": "msg_1", "webhook-timestamp": String(Math.floor(at / 1000)), "webhook-signature": new Webhook(of).sign("msg_1", new Date(at), text) });

describe("a webhook", () => {
  test("is read where the secret signed it, also beside a signature of another secret", () => {
    expect(readWebhook(secret, signed(), body, now)).toEqual({ id: "msg_1", type: "permission.changed", timestamp: "2026-11-22T09:00:00.000Z", data: { person: "ann" } });
    const old = signed(`whsec_${randomBytes(32).toString("base64")}`);
    const both = { ...signed(), "webhook-signature": `${old["webhook-signature"]} ${signed()["webhook-signature"]}` };
    expect(readWebhook(secret, both, body, now).id).toBe("msg_1");
    expect(() => readWebhook(secret, old, body, now)).toThrow("not signed");
  });

  test("from another time, or with anything changed, is not", () => {
    for (const at of [now - 301_000, now + 301_000]) expect(() => readWebhook(secret, signed(secret, at), body, now)).toThrow("another time");
    expect(() => readWebhook(secret, { ...signed(), "webhook-id": "msg_2" }, body, now)).toThrow("not signed");
    expect(() => readWebhook(secret, { ...signed(), "webhook-timestamp": String(now / 1000 + 1) }, body, now)).toThrow("not signed");
    expect(() => readWebhook(secret, {}, body, now)).toThrow("another time");
    fc.assert(
      fc.property(fc.nat(body.length - 1), fc.integer({ min: 1, max: 127 }), (place, by) => {
        const bent = body.slice(0, place) + String.fromCharCode(body.charCodeAt(place) ^ by) + body.slice(place + 1);
        expect(() => readWebhook(secret, signed(), bent, now)).toThrow("not signed");
      }),
    );
  });
});
