import { z } from "zod";
import { answers } from "./question";
import { requestId } from "./text";

const token = z.string({ error: "The question is missing. Reload the page." }).max(2_000, "This is not a question of ours. Reload the page.");

export const answerQuestionsInput = z.strictObject({
  answers: z
    .array(z.strictObject({ token, answer: z.enum(answers, { error: "Choose one of the answers." }) }))
    .min(1, "Choose an answer.")
    .max(100, "At most 100 answers at once."),
  requestId,
});
export type AnswerQuestionsInput = z.infer<typeof answerQuestionsInput>;

/** What a person gets for an answer: where it stands in the ledger, and the proof of it. */
export const receipt = z.strictObject({
  index: z.int(),
  kind: z.enum(["permission", "policy"]),
  use: z.string().optional(),
  policy: z.string().optional(),
  version: z.int(),
  answer: z.string(),
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

/** As a page sends it: how many questions were answered before this one comes along, to count on. */
export const answerForm = answerQuestionsInput.extend({ answered: z.coerce.number().int().min(0).max(10_000).catch(0) });

/** What the page says after an answer: the title of what was answered, and how many that makes. */
export type AnsweredResult = { readonly title: string; readonly answer: string; readonly answered: number };
