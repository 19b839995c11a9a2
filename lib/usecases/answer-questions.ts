import type { AnswerQuestionsInput, Receipt } from "@/lib/contract/answer";
import { digestOf } from "@/lib/data/digest";
import type { Actor } from "@/lib/domain/actor";
import { recordAnswers } from "./answer-questions-record";
import { authorisePerson } from "./authorise";

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
  const { id, channel } = actor;
  return recordAnswers({ person: id, channel, by: { person: id }, requestId: input.requestId, digest: digestOf({ answers: input.answers }), given: input.answers, guardian: null });
}
