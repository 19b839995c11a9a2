import { randomUUID } from "node:crypto";
import type { Answer } from "@/lib/contract/question";
import type { PersonActor } from "@/lib/domain/actor";
import { answerQuestions } from "@/lib/usecases/answer-questions";
import { askQuestions } from "@/lib/usecases/ask-questions";
import { askQuestionsAgain } from "@/lib/usecases/ask-questions-again";
import { meetPerson } from "@/lib/usecases/meet-person";
import { withdrawPermission } from "@/lib/usecases/withdraw-permission";

/** Somebody whom a host knows by a ref, for tests of what it asks and keeps about them. */
export type Somebody = { readonly ref: string; readonly actor: PersonActor };

export async function somebody(): Promise<Somebody> {
  const ref = `shopper ${randomUUID()}`;
  return { ref, actor: { kind: "person", id: await meetPerson(ref), channel: "host" } };
}

/** Answers about a data use, due or not. */
export async function answer({ actor }: Somebody, use: string, given: Answer): Promise<void> {
  const due = (await askQuestions(actor)).find((one) => one.kind === "permission" && one.use === use);
  const question = due ?? (await askQuestionsAgain(actor, { kind: "permission", key: use }));
  await answerQuestions(actor, { answers: [{ token: question.token, answer: given }], requestId: randomUUID() });
}

/** Somebody who said yes to a data use. */
export async function granted(use: string): Promise<Somebody> {
  const who = await somebody();
  await answer(who, use, "granted");
  return who;
}

export const withdraw = ({ actor }: Somebody, use: string) => withdrawPermission(actor, { use, requestId: randomUUID() });
