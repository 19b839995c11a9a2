import type { AnswerQuestionsInput, Receipt } from "@/lib/contract/answer";
import { shownContent, type Answer, type ShownContent } from "@/lib/contract/question";
import type { Tx } from "@/lib/data/client";
import { fromHex } from "@/lib/data/digest";
import { writeToLedger, type Appended } from "@/lib/data/ledger/write";
import { saveAcceptances, savePermissions, type GivenAcceptance, type GivenPermission } from "@/lib/data/permissions";
import { readQuestionToken, type QuestionToken } from "@/lib/data/question-token";
import { readPolicyStandings, readUseStandings } from "@/lib/data/questions";
import { readShown } from "@/lib/data/shown-content";
import type { Actor, PersonActor } from "@/lib/domain/actor";
import type { Fact } from "@/lib/domain/entry";
import { Refusal } from "@/lib/domain/refusal";
import { replayReceipts, receiptOf } from "./answer-questions-receipts";
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
  try {
    return await writeToLedger(
      { person: actor.id },
      input.requestId,
      async ({ tx, now, append }) => {
        const facts = await factsFor(tx, actor, given, now);
        const made = facts.map(({ fact }) => append(fact));
        await savePermissions(tx, actor.id, now, permissionsIn(facts, made));
        await saveAcceptances(tx, actor.id, now, acceptancesIn(facts, made));
        return made.map(receiptOf);
      },
      async (_tx, entries) => replayReceipts(entries, given),
    );
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

type Answered = { readonly fact: Extract<Fact, { kind: "permission-answered" | "policy-answered" }>; readonly given: Given };

/** Holds every answer against what is live under the ledger's lock, under which everything is published too. */
async function factsFor(tx: Tx, actor: PersonActor, given: readonly Given[], now: Date): Promise<Answered[]> {
  const idsOf = (kind: QuestionToken["kind"]) => given.filter(({ token }) => token.kind === kind).map(({ token }) => token.id);
  const [useIds, policyIds] = [idsOf("permission"), idsOf("policy")];
  const uses = useIds.length ? await readUseStandings(tx, actor.id, useIds) : [];
  const policies = policyIds.length ? await readPolicyStandings(tx, actor.id, policyIds) : [];
  const shown = await readShown(tx, given.map(({ token }) => fromHex(token.digest)));

  return given.map((one) => {
    const { token, answer, place } = one;
    const body = shown.get(token.digest);
    if (token.exp * 1000 <= now.getTime() || body === undefined) throw unknown(place);
    const content = shownContent.parse(JSON.parse(body));
    const live = content.kind === "permission" ? uses.find(({ id }) => id === token.id) : policies.find(({ id }) => id === token.id);
    if (!live || live.version !== token.version) throw new Superseded(token, place);
    if (content.kind === "permission" && (!("wording" in live) || live.wording !== content.wording)) throw new Superseded(token, place);
    if (content.kind === "policy" && (!("asks" in live) || live.asks !== asksIn(content))) throw new Superseded(token, place);
    if (!content.choices.some((choice) => choice.answer === answer)) {
      throw new Refusal("invalid", "Choose one of the answers.", { faults: [{ path: `answers[${place}].answer`, message: "Choose one of the answers." }] });
    }
    return { given: one, fact: factOf(actor, content, answer, token.digest, place) };
  });
}

/** What a policy asked when the question was shown. */
const asksIn = (content: ShownContent): "accept" | "acknowledge" => (content.choices.some(({ answer }) => answer === "accepted") ? "accept" : "acknowledge");

function factOf(actor: PersonActor, content: ShownContent, answer: Answer, shown: string, place: number): Answered["fact"] {
  const common = { v: 1, person: actor.id, version: content.version, shown, channel: actor.channel } as const;
  if (content.kind === "permission" && (answer === "granted" || answer === "refused")) {
    return { kind: "permission-answered", ...common, use: content.use, answer, expiresAt: null };
  }
  if (content.kind === "policy" && answer !== "granted") return { kind: "policy-answered", ...common, policy: content.policy, answer };
  throw unknown(place);
}

function permissionsIn(facts: readonly Answered[], made: readonly Appended[]): GivenPermission[] {
  return facts.flatMap(({ fact, given }, place) =>
    fact.kind === "permission-answered"
      ? [{ useId: given.token.id, state: fact.answer, version: fact.version, channel: fact.channel, expiresAt: null, shown: fromHex(given.token.digest), entryIndex: made[place]!.index }]
      : [],
  );
}

function acceptancesIn(facts: readonly Answered[], made: readonly Appended[]): GivenAcceptance[] {
  return facts.flatMap(({ fact, given }, place) =>
    fact.kind === "policy-answered"
      ? [{ policyId: given.token.id, state: fact.answer, version: fact.version, channel: fact.channel, shown: fromHex(given.token.digest), entryIndex: made[place]!.index }]
      : [],
  );
}
