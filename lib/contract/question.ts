import { z } from "zod";
import { key } from "./text";
import { dimensions } from "@/lib/domain/terms";

/** Why somebody is asked; `your-choice`: they came back to it themselves. */
export const questionReasons = ["never-asked", "use-changed", "new-version", "expired", "your-choice"] as const;
export type QuestionReason = (typeof questionReasons)[number];

/** What can be answered to a question. `kept`: no to what changed, and what was agreed to before stands. */
export const answers = ["granted", "refused", "kept", "accepted", "acknowledged"] as const;
export type Answer = (typeof answers)[number];

const described = z.strictObject({ dimension: z.enum(dimensions), label: z.string(), value: z.string() });

const change = z.strictObject({
  /** The dimension of the terms, or `text` for a policy's. */
  dimension: z.enum([...dimensions, "text"]),
  label: z.string(),
  relation: z.enum(["narrower", "wider", "different"]),
  from: z.string(),
  to: z.string(),
  /** The whole change as one sentence to the person. */
  text: z.string(),
});
export type Change = z.infer<typeof change>;

const choice = z.strictObject({
  answer: z.enum(answers),
  label: z.string(),
  /** Beside `kept`: the version that was agreed to. */
  keeps: z.int().optional(),
});

const words = {
  locale: z.string(),
  title: z.string(),
  question: z.string(),
  benefit: z.string(),
  ifNo: z.string(),
  terms: z.array(described),
  changes: z.array(change),
  choices: z.array(choice),
};

/** Everything that was in front of the person, as it is kept by its digest: never changed, only joined by a next `v`. */
export const shownContent = z.discriminatedUnion("kind", [
  z.strictObject({ v: z.literal(1), kind: z.literal("permission"), use: key, version: z.int(), wording: z.int(), ...words }),
  z.strictObject({
    v: z.literal(1),
    kind: z.literal("policy"),
    policy: key,
    version: z.int(),
    /** SHA-256 of the policy's text in this locale, hex; the text itself is kept with its version. */
    textDigest: z.string(),
    ...words,
  }),
]);
export type ShownContent = z.infer<typeof shownContent>;

const asked = {
  /** Signed: stands for this person, this version and these very words. */
  token: z.string(),
  version: z.int(),
  /** The version that this person last answered. */
  answeredVersion: z.int().nullable(),
  reason: z.enum(questionReasons),
  ...words,
  /** SHA-256 of what was shown, hex. */
  digest: z.string(),
};

/** One question as it is served. */
export const questionView = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("permission"), use: key, ...asked }),
  z.strictObject({ kind: z.literal("policy"), policy: key, ...asked }),
]);
export type QuestionView = z.infer<typeof questionView>;

/** Names a question within a person's page: `use:KEY` or `policy:KEY`. */
export function questionName(question: QuestionView): string {
  return question.kind === "permission" ? `use:${question.use}` : `policy:${question.policy}`;
}
