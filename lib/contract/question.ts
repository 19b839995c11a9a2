import { z } from "zod";
import { call } from "./call";
import { personRef } from "./decision";
import { key, locale, text } from "./text";
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

const conflict = {
  /** To somebody whose browser says not to sell, share or target: what their yes would mean. Left out where there is no conflict. */
  signal: z.string().optional(),
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
  z.strictObject({ kind: z.literal("permission"), use: key, ...asked, ...conflict }),
  z.strictObject({ kind: z.literal("policy"), policy: key, ...asked }),
]);
export type QuestionView = z.infer<typeof questionView>;

/** Names a question within a person's page: `use:KEY` or `policy:KEY`. */
export function questionName(question: QuestionView): string {
  return question.kind === "permission" ? `use:${question.use}` : `policy:${question.policy}`;
}

/** Of policies: for whom they are. Those for everybody are among them whichever is named. */
const audience = text({ max: 60, what: "The audience" });

export const questionsAsked = z.strictObject({
  /** Left out by a page in a browser: its token names them. */
  person: personRef.optional(),
  audience: audience.default("customers"),
  /** Of this reply; else the person's own. */
  locale: locale.optional(),
  /** Only questions about these data uses, for a host that asks in context. */
  uses: z.array(key).min(1, "Name at least one data use, or leave `uses` out.").max(100, "At most 100 data uses at once.").optional(),
  limit: z.int("The limit is a whole number.").min(1, "The limit is at least 1.").max(100, "At most 100 questions at once.").default(100),
});
export type QuestionsAsked = z.infer<typeof questionsAsked>;

export const questionsView = z.strictObject({
  questions: z.array(questionView),
  /** How many more are due, and held back by `limit` or by the budget. */
  waiting: z.int(),
  /** How much a person may be asked here; null for no limit a month. */
  budget: z.strictObject({ perVisit: z.int(), perMonth: z.int().nullable(), leftThisMonth: z.int().nullable() }),
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
  /** How many questions wait for this person. */
  due: z.int(),
  /** Keys of the data uses and policies that they are about. */
  uses: z.array(z.string()),
  policies: z.array(z.string()),
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
