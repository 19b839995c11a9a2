"use server";

import { refresh } from "next/cache";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { answeredWords } from "@/components/person/words";
import { answerForm, type AnsweredResult } from "@/lib/contract/answer";
import type { FormState } from "@/lib/contract/form";
import { withdrawPermissionInput } from "@/lib/contract/permission";
import { runForm } from "@/lib/delivery/web/action";
import { checkOrigin } from "@/lib/delivery/web/origin";
import { requirePerson } from "@/lib/delivery/web/page";
import { dropPersonToken, personToken } from "@/lib/delivery/web/person-session";
import { answerQuestions } from "@/lib/usecases/answer-questions";
import { endPersonSession } from "@/lib/usecases/end-person-session";
import { showMyAnswer } from "@/lib/usecases/show-my-answer";
import { withdrawPermission } from "@/lib/usecases/withdraw-permission";

/** Answers the question on the page; the next one, or the same as it is now, comes with the reply. */
export async function answerAction(_before: FormState<AnsweredResult>, form: FormData): Promise<FormState<AnsweredResult>> {
  const state = await runForm(form, {
    schema: answerForm,
    actor: requirePerson,
    act: async (person, { answered, ...input }) => {
      const receipts = await answerQuestions(person, input);
      const line = await showMyAnswer(person, receipts.at(-1)?.index ?? -1);
      const title = line.shown?.title ?? line.name ?? "";
      return { message: answeredWords(title, line.answer), result: { title, answer: line.answer, answered: answered + receipts.length } };
    },
  });
  refresh();
  return state;
}

/** Answers a question that somebody came back to, and shows where that leaves them. */
export async function answerAgainAction(_before: FormState, form: FormData): Promise<FormState> {
  const state: FormState = await runForm(form, {
    schema: answerForm,
    actor: requirePerson,
    act: async (person, { answers, requestId }) => {
      const [receipt] = await answerQuestions(person, { answers, requestId });
      if (receipt?.kind === "policy") redirect(`/me/policies?done=${receipt.answer}&policy=${receipt.policy}`);
      redirect(`/me/permissions?done=${receipt?.answer}&use=${receipt?.use}`);
    },
  });
  refresh();
  return state;
}

export async function withdrawAction(_before: FormState, form: FormData): Promise<FormState> {
  const state: FormState = await runForm(form, {
    schema: withdrawPermissionInput,
    actor: requirePerson,
    act: async (person, input) => {
      const { state: now, use } = await withdrawPermission(person, input);
      redirect(`/me/permissions?done=${now}&use=${use}`);
    },
  });
  refresh();
  return state;
}

export async function signOutAction(): Promise<void> {
  checkOrigin(await headers());
  const token = await personToken();
  if (token) await endPersonSession(token);
  await dropPersonToken();
  redirect("/me/sign-in?done=signed-out");
}
