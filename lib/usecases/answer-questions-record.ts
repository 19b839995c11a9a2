import type { AnswersGiven, Receipt } from "@/lib/contract/answer";
import { database } from "@/lib/data/client";
import { appendAnswers } from "@/lib/data/ledger/append-answers";
import type { AnsweringFor } from "@/lib/data/ledger/answer-rows";
import type { SealedGuardian } from "@/lib/data/guardians";
import { readQuestionToken, type QuestionToken } from "@/lib/data/question-token";
import { readUseIds } from "@/lib/data/permissions";
import type { By } from "@/lib/domain/entry";
import { Refusal } from "@/lib/domain/refusal";
import { fact, Superseded, unknownQuestion, type Answered } from "./answer-questions-fact";
import { receiptsFor } from "./answer-questions-receipts";
import { shownBy } from "./answer-questions-shown";
import { questionNow } from "./ask-questions-again";
import { takeBack } from "./withdraw-permission-fact";

/** One submit of one person, whoever passes it on. */
export type Submitted = {
  /** The person's id. */
  readonly person: string;
  readonly channel: string;
  readonly by: By;
  readonly requestId: string;
  /** SHA-256 of what the request says. */
  readonly digest: Uint8Array;
  readonly given: AnswersGiven["answers"];
  /** Who answers for the person. */
  readonly guardian: SealedGuardian | null;
};

type Taking = { readonly use: string; readonly useId: string; readonly place: number };

/**
 * Records answers and what is taken back: all of one submit or none. The same submit again writes nothing and gets the
 * same receipts. For within other use cases, which have authorised; throws what `answerQuestions` says, and for what is
 * taken back `not-found` and `nothing-changed`.
 */
export async function recordAnswers(submitted: Submitted): Promise<Receipt[]> {
  const { person, channel, guardian } = submitted;
  const answered = submitted.given.flatMap((one, place) => ("token" in one ? [{ ...one, token: readOwn(person, one.token, place), place }] : []));
  const taking = await readTaking(submitted.given);
  refuseTwice([...answered.map(({ token, place }) => ({ about: token.id, place })), ...taking.map(({ useId, place }) => ({ about: useId, place }))]);
  const shown = await shownBy(answered.map(({ token }) => token.digest));
  const idsOf = (kind: QuestionToken["kind"]) => answered.filter(({ token }) => token.kind === kind).map(({ token }) => token.id);
  // What had been taken back before and stays so: no new entry, but a receipt of the one that says so.
  const already = new Map<number, number>();
  try {
    const recorded = await appendAnswers({
      ...submitted,
      uses: [...idsOf("permission"), ...taking.map(({ useId }) => useId)],
      policies: idsOf("policy"),
      decide(facts, known) {
        already.clear();
        const to = { person, channel, identity: known.identity, ...(guardian ? { guardian: guardian.name } : {}) };
        const answers = answered.map((one): Placed => ({ place: one.place, ...fact(to, one, shown.get(one.token.digest), facts, known) }));
        const back = taking.flatMap(({ useId, place }): Placed[] => {
          const taken = takeBack(to, useId, facts, known, `answers[${place}].use`);
          if ("already" in taken) already.set(place, taken.already.index);
          return "already" in taken ? [] : [{ place, ...taken }];
        });
        return [...answers, ...back].sort((a, b) => a.place - b.place).map(({ about, fact }): AnsweringFor => ({ about, fact, ...(guardian ? { guardian } : {}) }));
      },
    });
    return await receiptsFor(recorded, submitted, already);
  } catch (error) {
    if (!(error instanceof Superseded)) throw error;
    // Asked afresh only after the transaction is gone: what it would have kept went with it.
    const question = await questionNow({ id: person, channel }, error.about, null);
    throw new Refusal("question-superseded", "This question changed while you were reading. Nothing was recorded. Please look at it as it is now.", {
      faults: [{ path: `answers[${error.place}].token`, message: "This question changed while you were reading." }],
      ...(question ? { detail: { question } } : {}),
    });
  }
}

type Placed = AnsweringFor & { readonly place: number };

function readOwn(person: string, token: string, place: number): Answered["token"] {
  const read = readQuestionToken(token);
  if (read === null || read.person !== person) throw unknownQuestion(place);
  return read;
}

async function readTaking(given: Submitted["given"]): Promise<Taking[]> {
  const named = given.flatMap((one, place) => ("use" in one ? [{ use: one.use, place }] : []));
  const ids = await readUseIds(database(), named.map(({ use }) => use));
  return named.map(({ use, place }) => {
    const useId = ids.get(use);
    if (useId === undefined) throw new Refusal("not-found", `There is no published data use “${use}”.`, { faults: [{ path: `answers[${place}].use`, message: "Not a published data use." }] });
    return { use, useId, place };
  });
}

function refuseTwice(given: readonly { readonly about: string; readonly place: number }[]): void {
  const sorted = [...given].sort((a, b) => a.place - b.place);
  const again = sorted.find(({ about }, i) => sorted.findIndex((other) => other.about === about) < i);
  if (again) {
    throw new Refusal("invalid", "The same question was answered twice. Keep one of the answers.", {
      faults: [{ path: `answers[${again.place}].token`, message: "Answered twice." }],
    });
  }
}
