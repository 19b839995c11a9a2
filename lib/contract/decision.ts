import { z } from "zod";
import { call } from "./call";
import { key, text } from "./text";
import { decisionReasons } from "@/lib/domain/decision";

/** What the host calls a person, in any case as given; spaces around it are not part of it. */
export const personRef = text({ max: 200, what: "The person's ref" });

const asked = z.strictObject({
  person: personRef,
  use: key,
  version: z.int("The version is a whole number.").min(1, "Versions begin at 1.").max(1_000_000, "There is no such version.").optional(),
  /** What it is about to be done for, in a short word of the host's own: counted, never kept beside the person. */
  call: key.optional(),
});

export const decisionAsked = asked;
export const decisionsAsked = z.strictObject({
  decisions: z.array(asked).min(1, "Ask for at least one decision.").max(1000, "At most 1,000 decisions at once."),
});
export type DecisionAsked = z.infer<typeof asked>;

export const decisionView = z.strictObject({
  allowed: z.boolean(),
  reason: z.enum(decisionReasons),
  use: z.string(),
  /** The version decided on: the one asked for, or the live one. */
  version: z.int(),
  answeredVersion: z.int().optional(),
  /** ISO 8601, UTC. */
  answeredAt: z.iso.datetime().optional(),
  /** Index of the answer's entry in the ledger. */
  index: z.int().optional(),
  /** The permission was good for one decision, and this was it. */
  once: z.literal(true).optional(),
  /** The answer was given elsewhere and brought in; what was shown there is not known here. */
  imported: z.literal(true).optional(),
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
  reply: { status: 200, body: z.union([decisionView, z.strictObject({ decisions: z.array(decisionView) })]), description: "One decision, or `decisions` in the order asked." },
  example: {
    body: { person: "customer-4711", use: "mountain-bike-picks" },
    reply: { allowed: true, reason: "granted", use: "mountain-bike-picks", version: 2, answeredVersion: 2, answeredAt: "2026-11-22T09:30:00.000Z", index: 1204 },
  },
  refusals: ["not-found"],
});
