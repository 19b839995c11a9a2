import type { AnswersGiven, Receipt } from "@/lib/contract/answer";
import { database } from "@/lib/data/client";
import { sealGuardian } from "@/lib/data/guardians";
import { programRequest, wordsOfProgram } from "@/lib/data/ledger/request-name";
import { lookUpPerson } from "@/lib/data/meeting";
import { noteSignal } from "@/lib/data/signals";
import type { Actor, ProgramActor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { recordAnswers } from "./answer-questions-record";
import { authoriseProgram } from "./authorise";
import { objectBySignal } from "./honour-signal";
import { meetStranger } from "./meet-person";
import { personOfCall } from "./person-of-call";

/**
 * What the host says a person answered and takes back: all of it or nothing. The host vouches for it, so the entries say
 * that it was the host. The same `idempotencyKey` and words again get the same receipts, other words are a conflict.
 * `signal`: the request carries the person's Global Privacy Control, which is honoured whatever becomes of the answers.
 *
 * Throws what `recordAnswers` throws; somebody nobody has met can object, and was asked nothing (`question-unknown`).
 */
export async function answerQuestionsByProgram(actor: Actor, input: AnswersGiven, idempotencyKey: string | null, signal = false): Promise<Receipt[]> {
  authoriseProgram(actor, "ask", "browsers-too");
  const { channel, guardian, answers } = input;
  const person = await whoAnswers(actor, input);
  const by = { key: actor.keyId };
  // Heard first: it counts whatever becomes of the answers, and a question that comes back instead of receipts tells of it.
  if (signal) await noteSignal(person);
  try {
    return await recordAnswers({
      person,
      channel,
      by,
      requestId: programRequest(actor.keyId, idempotencyKey),
      digest: wordsOfProgram({ answers, channel, guardian: guardian ?? null }),
      given: answers,
      guardian: guardian ? await sealGuardian(database(), person, guardian) : null,
    });
  } finally {
    // Written after the answers, so that a yes of somebody who was not told of the conflict does not outlive them.
    if (signal) await objectBySignal(person, by);
  }
}

/** Somebody nobody has met can have been asked nothing, so only for an objection do they become known. */
async function whoAnswers(actor: ProgramActor, { person: ref, answers }: AnswersGiven): Promise<string> {
  if (actor.person !== null || ref === undefined) return personOfCall(actor, ref);
  const known = await lookUpPerson(ref);
  if (known !== null) return known;
  const place = answers.findIndex((one) => "token" in one);
  if (place < 0) return (await meetStranger(ref)).id;
  throw new Refusal("question-unknown", "This person was asked nothing.", { faults: [{ path: `answers[${place}].token`, message: "Not a question to this person." }] });
}
