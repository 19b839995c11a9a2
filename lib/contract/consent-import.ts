import { z } from "zod";
import { moment } from "./answer";
import { call } from "./call";
import { personRef } from "./decision";
import { text, useKey, versionNumber } from "./text";
import { importSkips } from "@/lib/domain/answer";
import { permissionStates } from "@/lib/domain/decision";

export const consentsBrought = z.strictObject({
  source: text({ max: 120, what: "Where they come from" }).describe("Where they were given, in words that the people concerned would know."),
  consents: z
    .array(
      z
        .strictObject({
          person: personRef,
          use: useKey,
          version: versionNumber.describe("The published version here that says what they agreed to or refused there."),
          answer: z.enum(permissionStates).describe("What they answered there."),
          answeredAt: moment.describe("When they did: a moment, or a day (its first moment in UTC)."),
          until: moment.describe("Until when a yes holds.").optional(),
        })
        .refine(({ answer, until }) => until === undefined || answer === "granted", { message: "Only a yes can have an end.", path: ["until"] }),
    )
    .min(1, "Give at least one consent.")
    .max(1_000, "At most 1,000 consents at once.")
    .describe("One for each person and use."),
});
export type ConsentsBrought = z.infer<typeof consentsBrought>;

const fate = z.union([
  z.strictObject({ fate: z.literal("imported"), index: z.int().describe("Index of its entry in the ledger.") }),
  z.strictObject({ fate: z.literal("skipped"), why: z.enum(importSkips).describe("Why it was left out.") }),
]);
export type ImportFate = z.infer<typeof fate>;

export const consentsReply = z.strictObject({
  imported: z.int().describe("How many were brought in."),
  skipped: z.int().describe("How many were left out."),
  rows: z.array(fate).describe("What became of each, in the order given."),
});
export type ConsentsReply = z.infer<typeof consentsReply>;

export const importsCall = call({
  name: "importConsents",
  method: "post",
  path: "/v1/imports",
  scope: "ask",
  summary: "Earlier consents",
  description:
    "Brings in answers that people gave elsewhere. They are kept as that: decisions take them as they are, and everywhere it is said where they come from and that what was shown there is not known here. An answer given here is never replaced, nor one that was given there later. Each row is brought in or skipped, and the reply says which and why.",
  body: consentsBrought,
  reply: { status: 201, body: consentsReply, description: "What came of each row, in the order given." },
  example: { body: { source: "Newsletter sign-ups of 2024", consents: [{ person: "customer-4711", use: "mountain-bike-picks", version: 1, answer: "granted", answeredAt: "2024-05-02" }] } },
  idempotency: "ledger",
  refusals: ["idempotency-conflict"],
});
