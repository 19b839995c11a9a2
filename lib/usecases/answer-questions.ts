import type { AnswerQuestionsInput, Receipt } from "@/lib/contract/answer";
import type { Answer, ShownContent } from "@/lib/contract/question";
import { digestOf } from "@/lib/data/digest";
import { appendAnswers, type Answering } from "@/lib/data/ledger/append-answers";
import type { AnswerFacts, PersonFacts } from "@/lib/data/ledger/answer-facts";
import { readQuestionToken, type QuestionToken } from "@/lib/data/question-token";
import type { Actor, PersonActor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { provenIn, receiptOf } from "./answer-questions-receipts";
import { shownBy } from "./answer-questions-shown";
import { questionNow } from "./ask-questions-again";
import { authorisePerson } from "./authorise";

type Given = { readonly token: QuestionToken; readonly answer: Answer; readonly place: number };

/**
 * Takes answers to served questions: all of one submit or none, with their entries, in one transaction. Sending the same
 * submit again gives the same receipts.
 *
 * Throws `question-unknown` for a token that is not ours, another person's or too old; `question-superseded` where the
 * version or the wording is not the live one any more, with the question as it reads now in `detail.question`;
 * `invalid` for an answer that was not among the choices.
 */
export async function answerQuestions(actor: Actor, input: AnswerQuestionsInput): Promise<Receipt[]> {
  authorisePerson(actor);
  const given = input.answers.map(({ token, answer }, place) => ({ token: readOwn(actor, token, place), answer, place }));
  refuseTwice(given);
  const shown = await shownBy(given.map(({ token }) => token.digest));
  const idsOf = (kind: QuestionToken["kind"]) => given.filter(({ token }) => token.kind === kind).map(({ token }) => token.id);
  try {
    const recorded = await appendAnswers({
      by: { person: actor.id },
      requestId: input.requestId,
      digest: digestOf({ answers: input.answers }),
      person: actor.id,
      uses: idsOf("permission"),
      policies: idsOf("policy"),
      decide: (facts, person) => given.map((one) => answering(actor, one, shown.get(one.token.digest), facts, person)),
    });
    return (await provenIn(recorded)).map(receiptOf);
  } catch (error) {
    if (!(error instanceof Superseded)) throw error;
    // Asked afresh only after the transaction is gone: what it would have kept went with it.
    const question = await questionNow(actor, error.about);
    throw new Refusal("question-superseded", "This question changed while you were reading. Nothing was recorded. Please look at it as it is now.", {
      faults: [{ path: `answers[${error.place}].token`, message: "This question changed while you were reading." }],
      ...(question ? { detail: { question } } : {}),
    });
  }
}

/** The question that was answered is not the one that is asked now. */
class Superseded extends Error {
  constructor(readonly about: { kind: "permission" | "policy"; id: string }, readonly place: number) {
    super("superseded");
  }
}

const unknown = (place: number): Refusal =>
  new Refusal("question-unknown", "This question is too old or not yours. Reload the page to see it as it is now.", {
    faults: [{ path: `answers[${place}].token`, message: "Reload the page and answer again." }],
  });

function readOwn(actor: PersonActor, token: string, place: number): QuestionToken {
  const read = readQuestionToken(token);
  if (read === null || read.person !== actor.id) throw unknown(place);
  return read;
}

function refuseTwice(given: readonly Given[]): void {
  const again = given.find(({ token }, place) => given.findIndex((other) => other.token.id === token.id) < place);
  if (again) {
    throw new Refusal("invalid", "The same question was answered twice. Keep one of the answers.", {
      faults: [{ path: `answers[${again.place}].token`, message: "Answered twice." }],
    });
  }
}

/** Holds an answer against what is live under the ledger's lock, under which everything is published too. */
function answering(actor: PersonActor, { token, answer, place }: Given, content: ShownContent | undefined, facts: AnswerFacts, person: PersonFacts): Answering {
  if (!person.known || token.exp * 1000 <= facts.now.getTime() || content === undefined) throw unknown(place);
  const live = content.kind === "permission" ? facts.uses.get(token.id) : facts.policies.get(token.id);
  if (!live || live.version !== token.version) throw new Superseded(token, place);
  if (content.kind === "permission" && (!("wording" in live) || live.wording !== content.wording)) throw new Superseded(token, place);
  if (content.kind === "policy" && (!("asks" in live) || live.asks !== asksIn(content))) throw new Superseded(token, place);
  if (!content.choices.some((choice) => choice.answer === answer)) {
    throw new Refusal("invalid", "Choose one of the answers.", { faults: [{ path: `answers[${place}].answer`, message: "Choose one of the answers." }] });
  }
  const common = { v: 2, person: actor.id, version: content.version, shown: token.digest, channel: actor.channel, identity: person.identity } as const;
  if (content.kind === "permission" && (answer === "granted" || answer === "refused")) {
    return { about: token.id, fact: { kind: "permission-answered", ...common, use: content.use, answer, expiresAt: null } };
  }
  if (content.kind === "policy" && answer !== "granted") return { about: token.id, fact: { kind: "policy-answered", ...common, policy: content.policy, answer } };
  throw unknown(place);
}

/** What a policy asked when the question was shown. */
const asksIn = (content: ShownContent): "accept" | "acknowledge" => (content.choices.some(({ answer }) => answer === "accepted") ? "accept" : "acknowledge");
