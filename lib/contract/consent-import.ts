import { z } from "zod";
import { moment } from "./answer";
import { call } from "./call";
import { personRef } from "./decision";
import { key, text } from "./text";
import { importSkips } from "@/lib/domain/answer";
import { permissionStates } from "@/lib/domain/decision";

export const consentsBrought = z.strictObject({
  /** Where they were given, in words that the people concerned would know. */
  source: text({ max: 120, what: "Where they come from" }),
  consents: z
    .array(
      z
        .strictObject({
          person: personRef,
          use: key,
          version: z.int("The version is a whole number.").min(1, "Versions begin at 1.").max(1_000_000, "There is no such version."),
          answer: z.enum(permissionStates),
          /** When it was given there. */
          answeredAt: moment,
          until: moment.optional(),
        })
        .refine(({ answer, until }) => until === undefined || answer === "granted", { message: "Only a yes can have an end.", path: ["until"] }),
    )
    .min(1, "Give at least one consent.")
    .max(1_000, "At most 1,000 consents at once."),
});
export type ConsentsBrought = z.infer<typeof consentsBrought>;

const fate = z.union([
  z.strictObject({ fate: z.literal("imported"), index: z.int() }),
  z.strictObject({ fate: z.literal("skipped"), why: z.enum(importSkips) }),
]);
export type ImportFate = z.infer<typeof fate>;

export const consentsReply = z.strictObject({ imported: z.int(), skipped: z.int(), rows: z.array(fate) });
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
