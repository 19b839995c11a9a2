import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { newSecret, secretInWords, signedHeaders } from "@/lib/data/webhook-signature";

const now = () => Math.floor(Date.now() / 1_000);

test("an independent reader of Standard Webhooks takes what we sign, and nothing that was bent", () => {
  fc.assert(
    fc.property(fc.uuid(), fc.json(), fc.uint8Array({ minLength: 24, maxLength: 64 }), fc.nat(), (id, body, bytes, bend) => {
      const headers = signedHeaders({ id, at: now(), body }, [bytes]);
      const reader = new Webhook(secretInWords(bytes));
      expect(reader.verify(body, headers)).toEqual(JSON.parse(body));
      expect(() => reader.verify(`${body} `, headers)).toThrow();
      expect(() => reader.verify(body, { ...headers, "webhook-id": `${id}x` })).toThrow();
      const signature = headers["webhook-signature"];
      const at = 3 + (bend % (signature.length - 4));
      const bent = signature.slice(0, at) + (signature[at] === "A" ? "B" : "A") + signature.slice(at + 1);
      expect(() => reader.verify(body, { ...headers, "webhook-signature": bent })).toThrow();
    }),
  );
});

test("while a secret changes, both of them vouch", () => {
  const [old, fresh, other] = [newSecret(), newSecret(), newSecret()];
  const headers = signedHeaders({ id: "m", at: now(), body: "{}" }, [fresh, old]);
  for (const secret of [old, fresh]) expect(new Webhook(secretInWords(secret)).verify("{}", headers)).toEqual({});
  expect(() => new Webhook(secretInWords(other)).verify("{}", headers)).toThrow();
});
