import { randomInt, randomUUID } from "node:crypto";
import { askQuestionsAgain } from "@/lib/usecases/ask-questions-again";
import type { Subjects } from "./messages";
import { personOf, type Request } from "./requests";

type Questions = Subjects[number]["questions"];

export const pick = <T>(from: readonly T[]): T => from[randomInt(from.length)]!;

/** Serves this person questions about the same things, as they read now. */
export function ask(person: string, about: readonly Omit<Questions[number], "token">[]): Promise<Questions> {
  return Promise.all(about.map(async ({ kind, key }) => ({ kind, key, token: (await askQuestionsAgain(personOf(person), { kind, key })).token })));
}

/** Something that this person, or somebody of the house, might do next; under a request id that was never used. */
export function newRequest(person: string, questions: Questions): Request {
  const [id, chance] = [randomUUID(), randomInt(100)];
  if (chance < 6) return { kind: "act", id, words: "" };
  const permission = questions.find(({ kind }) => kind === "permission");
  if (chance < 28 && permission) return { kind: "withdrawal", id, person, use: permission.key };
  const answers = questions.slice(randomInt(questions.length)).map(({ kind, token }) => ({ token, answer: kind === "policy" ? ("acknowledged" as const) : pick(["granted", "granted", "refused"] as const) }));
  return { kind: "answers", id, person, answers };
}
