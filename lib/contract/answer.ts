import { z } from "zod";
import { call } from "./call";
import { personRef } from "./decision";
import { answers } from "./question";
import { key, requestId, text, useKey } from "./text";

const token = z.string({ error: "The question is missing. Reload the page." }).max(2_000, "This is not a question of ours. Reload the page.").describe("The `token` that the question came with.");
const answer = z.enum(answers, { error: "Choose one of the answers." }).describe("One of the question's `choices`.");

export const answerQuestionsInput = z.strictObject({
  answers: z.array(z.strictObject({ token, answer })).min(1, "Choose an answer.").max(100, "At most 100 answers at once."),
  requestId,
});
export type AnswerQuestionsInput = z.infer<typeof answerQuestionsInput>;

/** A day (its first moment in UTC) or a moment; leaves as ISO 8601 in UTC with milliseconds. */
export const moment = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })], { error: "This is a date or a moment, such as 2027-03-03 or 2027-03-03T12:00:00Z." })
  .transform((value) => new Date(value).toISOString());

/** Who answers for a person, e.g. for a child. */
const guardian = z
  .strictObject({
    ref: personRef.describe("What your own systems call the guardian.").optional(),
    name: text({ max: 200, what: "The guardian's name" }).describe("What the guardian is called.").optional(),
    relation: text({ max: 60, what: "What the guardian is to the person" }).describe("What they are to the person: `parent`, `legal guardian`."),
  })
  .refine(({ ref, name }) => ref !== undefined || name !== undefined, { message: "Say who the guardian is: by a ref, a name, or both.", path: ["name"] });
export type Guardian = z.infer<typeof guardian>;

/** An answer to a served question. `until` and `once` bound a yes. */
const toQuestion = z.strictObject({
  token,
  answer,
  until: moment.describe("A yes holds until then: a moment, or a day (its first moment in UTC).").optional(),
  once: z.boolean().describe("A yes is good for one allowed decision.").optional(),
});
const takingBack = z.strictObject({ use: useKey, answer: z.literal("withdrawn").describe("Takes a permission back, without a question.") });

export const answersGiven = z.strictObject({
  person: personRef.describe("What your own systems call the person. Left out by a page in a browser: its token names them.").optional(),
  channel: key.describe("Where the person answered, in a short word of your own.").default("api"),
  guardian: guardian.describe("Who answers for the person, for example for a child; named by `ref`, `name` or both.").optional(),
  answers: z
    .array(z.union([toQuestion, takingBack], { error: "This is a token with an answer, or a use with “withdrawn”." }))
    .min(1, "Give at least one answer.")
    .max(100, "At most 100 answers at once.")
    .describe("Recorded all together or not at all."),
});
export type AnswersGiven = z.infer<typeof answersGiven>;

/** What a person gets for an answer: where it stands in the ledger, and the proof of it. */
export const receipt = z.strictObject({
  index: z.int().describe("Index of the answer's entry in the ledger."),
  kind: z.enum(["permission", "policy"]).describe("What was answered: a data use or a policy."),
  use: z.string().describe("Key of the data use.").optional(),
  policy: z.string().describe("Key of the policy.").optional(),
  version: z.int().describe("The version that was answered."),
  answer: z.string().describe("What was answered."),
  keeps: z.int().describe("Beside `kept`: the version that the person agreed to, which stands.").optional(),
  until: z.string().describe("Until when the permission holds; ISO 8601 in UTC.").optional(),
  once: z.literal(true).describe("The permission is good for one allowed decision.").optional(),
  recordedAt: z.string().describe("When it was recorded; ISO 8601 in UTC."),
  digest: z.string().nullable().describe("SHA-256 of what was shown, in hex; null where no question was needed."),
  leaf: z.string().describe("RFC 6962 leaf hash of the entry, in hex."),
  checkpoint: z.string().describe("The signed checkpoint that it was written under (C2SP tlog-checkpoint)."),
  proof: z.array(z.string()).describe("RFC 6962 inclusion proof under that checkpoint, leaf to root, in base64."),
});
export type Receipt = z.infer<typeof receipt>;

export const answersCall = call({
  name: "answer",
  method: "post",
  path: "/v1/answers",
  scope: "ask",
  summary: "A person's answers",
  description:
    "Records what a person answered to the questions they were shown, and what they take back: all of it or nothing. `kept` says no to what changed and keeps what was agreed to before; a yes may be good until a moment, or once. A question that changed since it was shown is refused with the question as it is now. Pass on the `Sec-GPC` header that the person's browser sent, as with their questions. With an `Idempotency-Key` the same answers again get the same receipts.",
  body: answersGiven,
  reply: { status: 201, body: z.strictObject({ receipts: z.array(receipt).describe("In the order of the answers.") }), description: "A receipt for each answer, in the order given." },
  example: { body: { person: "customer-4711", answers: [{ token: "q1.eyJkaWdlc3Qi…", answer: "granted" }, { use: "tour-seat", answer: "withdrawn" }] } },
  browser: true,
  idempotency: "ledger",
  refusals: ["question-unknown", "question-superseded", "idempotency-conflict", "nothing-changed", "not-found", "suppressed"],
});

/** As a page sends it: how many questions were answered before this one comes along, to count on. */
export const answerForm = answerQuestionsInput.extend({ answered: z.coerce.number().int().min(0).max(10_000).catch(0) });

/** What the page says after an answer: the title of what was answered, and how many that makes. */
export type AnsweredResult = { readonly title: string; readonly answer: string; readonly answered: number };
