import { z } from "zod";
import { call } from "./call";
import { personRef } from "./decision";

export const personTokenAsked = z.strictObject({
  person: personRef,
  minutes: z.int("The minutes are a whole number.").min(1, "At least one minute.").max(60, "At most 60 minutes.").describe("How long the token is good for.").default(15),
});

export const personTokenCall = call({
  name: "mintPersonToken",
  method: "post",
  path: "/v1/person-tokens",
  scope: "ask",
  summary: "A token for a person's browser",
  description: "For pages that ask and answer by themselves: a short-lived token for somebody whom the host has signed in. The page sends it as `Handshake-Person` beside a browser key, and then speaks for this person alone. A ref that is new becomes a person: the host vouches for it.",
  body: personTokenAsked,
  reply: { status: 201, body: z.strictObject({ token: z.string().describe("What the page sends as `Handshake-Person`."), expiresAt: z.iso.datetime().describe("When it runs out.") }), description: "The token, and when it runs out." },
  example: { body: { person: "customer-4711", minutes: 15 }, reply: { token: "hp1.eyJwZXJzb24i….k3Zx…", expiresAt: "2026-11-22T09:45:00.000Z" } },
  refusals: ["suppressed"],
});

export type PersonTokenView = { readonly token: string; readonly expiresAt: Date };
