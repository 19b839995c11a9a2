import type { Answer, ShownContent } from "@/lib/contract/question";
import type { AnswerFacts, PermissionStand, PersonFacts } from "@/lib/data/ledger/answer-facts";
import type { Answering } from "@/lib/data/ledger/append-answers";
import type { QuestionToken } from "@/lib/data/question-token";
import type { PermissionAnswered } from "@/lib/domain/entry";
import { Refusal } from "@/lib/domain/refusal";

/** An answer to a served question, and its place in the submit. */
export type Answered = {
  readonly token: QuestionToken;
  readonly answer: Answer;
  /** ISO 8601 in UTC. */
  readonly until?: string | undefined;
  readonly once?: boolean | undefined;
  readonly place: number;
};

/** What every fact of a submit says. */
export type Common = Pick<PermissionAnswered, "person" | "channel" | "identity" | "guardian">;

/** The question that was answered is not the one that is asked now. */
export class Superseded extends Error {
  constructor(readonly about: { kind: "permission" | "policy"; id: string }, readonly place: number) {
    super("superseded");
  }
}

export const unknownQuestion = (place: number): Refusal =>
  new Refusal("question-unknown", "This question is too old or not yours. Reload the page to see it as it is now.", {
    faults: [{ path: `answers[${place}].token`, message: "Reload the page and answer again." }],
  });

const fault = (place: number, name: string, message: string): Refusal => new Refusal("invalid", message, { faults: [{ path: `answers[${place}].${name}`, message }] });

/** Holds an answer against what is live under the ledger's lock, under which everything is published too. */
export function fact(common: Common, given: Answered, content: ShownContent | undefined, facts: AnswerFacts, person: PersonFacts): Answering {
  const { token, answer, place } = given;
  if (!person.known || token.exp * 1000 <= facts.now.getTime() || content === undefined) throw unknownQuestion(place);
  const live = content.kind === "permission" ? facts.uses.get(token.id) : facts.policies.get(token.id);
  if (!live || live.version !== token.version) throw new Superseded(token, place);
  if (content.kind === "permission" && (!("wording" in live) || live.wording !== content.wording)) throw new Superseded(token, place);
  if (content.kind === "policy" && (!("asks" in live) || live.asks !== asksIn(content))) throw new Superseded(token, place);
  const choice = content.choices.find((one) => one.answer === answer);
  if (choice === undefined) throw fault(place, "answer", "Choose one of the answers.");
  const bounds = boundsOf(given, facts.now);
  const about = { v: 3, ...common, version: content.version, shown: token.digest } as const;
  if (content.kind === "policy") {
    if (answer === "granted" || answer === "kept") throw unknownQuestion(place);
    return { about: token.id, fact: { kind: "policy-answered", ...about, policy: content.policy, answer } };
  }
  const permission = { kind: "permission-answered", ...about, use: content.use } as const;
  if (answer === "granted") return { about: token.id, fact: { ...permission, answer, ...bounds } };
  if (answer === "refused") return { about: token.id, fact: { ...permission, answer, expiresAt: null } };
  if (answer !== "kept") throw unknownQuestion(place);
  const stands = person.permissions.get(token.id);
  if (!isKeepable(stands, facts.now) || stands.version !== choice.keeps) throw new Superseded(token, place);
  return { about: token.id, fact: { ...permission, answer: "refused", keeps: stands.version, expiresAt: stands.expiresAt?.toISOString() ?? null, ...(stands.once ? { once: true } : {}) } };
}

/** What was shown as the deal to keep may have been answered anew, taken back or run out since. */
function isKeepable(stand: PermissionStand | undefined, now: Date): stand is PermissionStand {
  return stand !== undefined && stand.state === "granted" && !stand.imported && !stand.spent && (stand.expiresAt === null || stand.expiresAt > now);
}

const longest = 10;

/** How far a yes reaches: at most ten years from now, or for one time. */
function boundsOf({ answer, until, once, place }: Answered, now: Date): Pick<PermissionAnswered, "expiresAt" | "once"> {
  if (answer !== "granted" && until !== undefined) throw fault(place, "until", "Only a yes can have an end.");
  if (answer !== "granted" && once === true) throw fault(place, "once", "Only a yes can be good for one time.");
  if (until !== undefined && new Date(until) <= now) throw fault(place, "until", "This is over already. Choose a later end, or none.");
  const last = new Date(now);
  last.setUTCFullYear(last.getUTCFullYear() + longest);
  if (until !== undefined && new Date(until) > last) throw fault(place, "until", "A yes holds for at most ten years. Choose an earlier end, or none.");
  return { expiresAt: until ?? null, ...(once === true ? { once } : {}) };
}

/** What a policy asked when the question was shown. */
const asksIn = (content: ShownContent): "accept" | "acknowledge" => (content.choices.some(({ answer }) => answer === "accepted") ? "accept" : "acknowledge");
