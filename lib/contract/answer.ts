import { z } from "zod";
import { call } from "./call";
import { personRef } from "./decision";
import { answers } from "./question";
import { key, requestId, text } from "./text";

const token = z.string({ error: "The question is missing. Reload the page." }).max(2_000, "This is not a question of ours. Reload the page.");
const answer = z.enum(answers, { error: "Choose one of the answers." });

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
    ref: personRef.optional(),
    name: text({ max: 200, what: "The guardian's name" }).optional(),
    /** What they are to the person: `parent`, `legal guardian`. */
    relation: text({ max: 60, what: "What the guardian is to the person" }),
  })
  .refine(({ ref, name }) => ref !== undefined || name !== undefined, { message: "Say who the guardian is: by a ref, a name, or both.", path: ["name"] });
export type Guardian = z.infer<typeof guardian>;

/** An answer to a served question. `until` and `once` bound a yes. */
const toQuestion = z.strictObject({ token, answer, until: moment.optional(), once: z.boolean().optional() });
const takingBack = z.strictObject({ use: key, answer: z.literal("withdrawn") });

export const answersGiven = z.strictObject({
  /** Left out by a browser, whose token names the person. */
  person: personRef.optional(),
  /** How the person came to answer; an own short word of the host. */
  channel: key.default("api"),
  guardian: guardian.optional(),
  answers: z
    .array(z.union([toQuestion, takingBack], { error: "This is a token with an answer, or a use with “withdrawn”." }))
    .min(1, "Give at least one answer.")
    .max(100, "At most 100 answers at once."),
});
export type AnswersGiven = z.infer<typeof answersGiven>;

/** What a person gets for an answer: where it stands in the ledger, and the proof of it. */
export const receipt = z.strictObject({
  index: z.int(),
  kind: z.enum(["permission", "policy"]),
  use: z.string().optional(),
  policy: z.string().optional(),
  version: z.int(),
  answer: z.string(),
  /** Beside `kept`: the version that the person agreed to, which stands. */
  keeps: z.int().optional(),
  /** Until when the permission holds; ISO 8601 in UTC. */
  until: z.string().optional(),
  /** The permission is good for one allowed decision. */
  once: z.literal(true).optional(),
  /** ISO 8601 in UTC. */
  recordedAt: z.string(),
  /** SHA-256 of what was shown, hex; null where no question was needed. */
  digest: z.string().nullable(),
  /** RFC 6962 leaf hash of the entry, hex. */
  leaf: z.string(),
  /** The signed checkpoint that it was written under (C2SP tlog-checkpoint). */
  checkpoint: z.string(),
  /** RFC 6962 inclusion proof under that checkpoint, leaf to root, base64. */
  proof: z.array(z.string()),
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
  reply: { status: 201, body: z.strictObject({ receipts: z.array(receipt) }), description: "A receipt for each answer, in the order given." },
  example: { body: { person: "customer-4711", answers: [{ token: "q1.eyJkaWdlc3Qi…", answer: "granted" }, { use: "tour-seat", answer: "withdrawn" }] } },
  browser: true,
  idempotency: "ledger",
  refusals: ["question-unknown", "question-superseded", "idempotency-conflict", "nothing-changed", "not-found", "suppressed"],
});

/** As a page sends it: how many questions were answered before this one comes along, to count on. */
export const answerForm = answerQuestionsInput.extend({ answered: z.coerce.number().int().min(0).max(10_000).catch(0) });

/** What the page says after an answer: the title of what was answered, and how many that makes. */
export type AnsweredResult = { readonly title: string; readonly answer: string; readonly answered: number };
