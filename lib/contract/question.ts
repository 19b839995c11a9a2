import { z } from "zod";
import { call } from "./call";
import { personRef } from "./decision";
import { key, locale, text, useKey } from "./text";
import { dimensions } from "@/lib/domain/terms";

/** Why somebody is asked; `your-choice`: they came back to it themselves. */
export const questionReasons = ["never-asked", "use-changed", "new-version", "expired", "your-choice"] as const;
export type QuestionReason = (typeof questionReasons)[number];

/** What can be answered to a question. `kept`: no to what changed, and what was agreed to before stands. */
export const answers = ["granted", "refused", "kept", "accepted", "acknowledged"] as const;
export type Answer = (typeof answers)[number];

const described = z.strictObject({
  dimension: z.enum(dimensions).describe("Which part of the terms."),
  label: z.string().describe("What that part is called, in the language of the question."),
  value: z.string().describe("What it says."),
});

const change = z.strictObject({
  dimension: z.enum([...dimensions, "text"]).describe("Which part of the terms changed; `text` is a policy's text."),
  label: z.string().describe("What that part is called, in the language of the question."),
  relation: z.enum(["narrower", "wider", "different"]).describe("Whether it asks for less, for more, or for something else."),
  from: z.string().describe("What was agreed to."),
  to: z.string().describe("What is asked now."),
  text: z.string().describe("The whole change as one sentence to the person."),
});
export type Change = z.infer<typeof change>;

const choice = z.strictObject({
  answer: z.enum(answers).describe("What to send back."),
  label: z.string().describe("What the button says."),
  keeps: z.int().describe("Beside `kept`: the version that was agreed to.").optional(),
});

const words = {
  locale: z.string().describe("Language of the words (BCP 47)."),
  title: z.string().describe("What it is about, in a few words."),
  question: z.string().describe("The question itself."),
  benefit: z.string().describe("What the person gets out of it."),
  ifNo: z.string().describe("What happens on a no."),
  terms: z.array(described).describe("What is asked, part by part."),
  changes: z.array(change).describe("What is different from what this person last answered."),
  choices: z.array(choice).describe("The answers, each for a button of its own."),
};

const conflict = {
  signal: z.string().describe("To somebody whose browser says not to sell, share or target: what their yes would mean. Left out where there is no conflict.").optional(),
};

/** Everything that was in front of the person, as it is kept by its digest: never changed, only joined by a next `v`. */
export const shownContent = z.discriminatedUnion("kind", [
  z.strictObject({ v: z.literal(1), kind: z.literal("permission"), use: key, version: z.int(), wording: z.int(), ...words, ...conflict }),
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
  token: z.string().describe("To answer by. Signed: stands for this person, this version and these very words."),
  version: z.int().describe("The version that is asked about."),
  answeredVersion: z.int().nullable().describe("The version that this person last answered; null for never."),
  reason: z.enum(questionReasons).describe("Why they are asked."),
  ...words,
  digest: z.string().describe("SHA-256 of what is shown, in hex."),
};

/** One question as it is served. */
export const questionView = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("permission"), use: useKey, ...asked, ...conflict }),
  z.strictObject({ kind: z.literal("policy"), policy: key.describe("Key of the policy."), ...asked }),
]);
export type QuestionView = z.infer<typeof questionView>;

/** Names a question within a person's page: `use:KEY` or `policy:KEY`. */
export function questionName(question: QuestionView): string {
  return question.kind === "permission" ? `use:${question.use}` : `policy:${question.policy}`;
}

const audience = text({ max: 60, what: "The audience" }).describe("Of policies: for whom they are. Those for everybody are among them whichever is named.");

export const questionsAsked = z.strictObject({
  person: personRef.describe("What your own systems call the person. Left out by a page in a browser: its token names them.").optional(),
  audience: audience.default("customers"),
  locale: locale.describe("Language of this reply (BCP 47); else the person's own.").optional(),
  uses: z.array(key).min(1, "Name at least one data use, or leave `uses` out.").max(100, "At most 100 data uses at once.").describe("Only questions about these data uses, to ask in context.").optional(),
  limit: z.int("The limit is a whole number.").min(1, "The limit is at least 1.").max(100, "At most 100 questions at once.").describe("At most so many questions.").default(100),
});
export type QuestionsAsked = z.infer<typeof questionsAsked>;

export const questionsView = z.strictObject({
  questions: z.array(questionView).describe("Most important first."),
  waiting: z.int().describe("How many more are due, and held back by `limit` or by the budget."),
  budget: z
    .strictObject({
      perVisit: z.int().describe("In one visit of thirty minutes."),
      perMonth: z.int().nullable().describe("In one month; null for no limit."),
      leftThisMonth: z.int().nullable().describe("Of these; null for no limit."),
    })
    .describe("How much a person may be asked, as staff set it."),
});
export type QuestionsView = z.infer<typeof questionsView>;

export const questionsCall = call({
  name: "ask",
  method: "post",
  path: "/v1/questions",
  scope: "ask",
  browser: true,
  idempotency: "none",
  summary: "What must this person be asked now?",
  description:
    "The questions that are due, most important first: changed deals, new policy versions, answers that ran out, what was never asked; within each, changes that reach further first. They belong on one screen and into one submit. Staff set how many there may be in one visit and in one month; what does not fit waits. Asking again within thirty minutes gives the same questions and costs nothing. Pass on the `Sec-GPC` header that the person's browser sent: it becomes an objection to what sells, shares or targets. A ref that is new becomes a person: the host vouches for it.",
  body: questionsAsked,
  reply: { status: 200, body: questionsView, description: "The questions to show, each with the token to answer it by." },
  example: { body: { person: "customer-4711", locale: "en", limit: 3 } },
  refusals: ["suppressed"],
});

export const dueView = z.strictObject({
  due: z.int().describe("How many questions wait for this person."),
  uses: z.array(z.string()).describe("Keys of the data uses that they are about."),
  policies: z.array(z.string()).describe("Keys of the policies that they are about."),
});
export type DueView = z.infer<typeof dueView>;

export const dueCall = call({
  name: "due",
  method: "get",
  path: "/v1/people/{ref}/due",
  scope: "ask",
  summary: "Is there anything to ask?",
  description: "Quick enough for every page: says what is due, and serves nothing. For somebody nobody has met everything is, and for somebody who asked to be left alone nothing.",
  params: z.strictObject({ ref: personRef }),
  query: z.strictObject({ audience: audience.default("customers") }),
  reply: { status: 200, body: dueView, description: "What is due now." },
  refusals: [],
});
