import { z } from "zod";
import { call } from "./call";
import { key, text, useKey, versionNumber } from "./text";
import { decisionReasons } from "@/lib/domain/decision";

/** What the host calls a person, in any case as given; spaces around it are not part of it. */
export const personRef = text({ max: 200, what: "The person's ref" }).describe("What your own systems call the person.");

const asked = z.strictObject({
  person: personRef,
  use: useKey,
  version: versionNumber.describe("The version to decide on; the live one unless named.").optional(),
  call: key.describe("What it is about to be done for, in a short word of your own: counted, never kept beside the person.").optional(),
});

export const decisionAsked = asked;
export const decisionsAsked = z.strictObject({
  decisions: z.array(asked).min(1, "Ask for at least one decision.").max(1000, "At most 1,000 decisions at once.").describe("Several at once."),
});
export type DecisionAsked = z.infer<typeof asked>;

export const decisionView = z.strictObject({
  allowed: z.boolean().describe("Whether it may be done now."),
  reason: z.enum(decisionReasons).describe("Why, or why not."),
  use: z.string().describe("Key of the data use."),
  version: z.int().describe("The version decided on: the one asked for, or the live one."),
  answeredVersion: z.int().describe("The version that the person last answered.").optional(),
  answeredAt: z.iso.datetime().describe("When they did.").optional(),
  index: z.int().describe("Index of the answer's entry in the ledger.").optional(),
  once: z.literal(true).describe("The permission was good for one decision, and this was it.").optional(),
  imported: z.literal(true).describe("The answer was given elsewhere and brought in; what was shown there is not known here.").optional(),
});
export type DecisionView = z.infer<typeof decisionView>;

export const decisionsCall = call({
  name: "decide",
  method: "post",
  path: "/v1/decisions",
  scope: "decide",
  idempotency: "none",
  summary: "May this be done now?",
  description: "Decides from the truth at the moment of asking, for one person and use or for up to 1,000 at once. Somebody nobody has met is `never-asked`. Without a version it is the live one that is decided on.",
  body: z.union([decisionAsked, decisionsAsked]),
  reply: { status: 200, body: z.union([decisionView, z.strictObject({ decisions: z.array(decisionView).describe("In the order asked.") })]), description: "One decision, or `decisions` in the order asked." },
  example: {
    body: { person: "customer-4711", use: "mountain-bike-picks" },
    reply: { allowed: true, reason: "granted", use: "mountain-bike-picks", version: 2, answeredVersion: 2, answeredAt: "2026-11-22T09:30:00.000Z", index: 1204 },
  },
  refusals: ["not-found"],
});
