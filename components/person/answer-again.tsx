"use client";

import { useActionState } from "react";
import { idle, type FormState } from "@/lib/contract/form";
import type { QuestionView } from "@/lib/contract/question";
import { QuestionCard } from "./question-card";
import { Outcome } from "./question-panel";

type Action = (before: FormState, form: FormData) => Promise<FormState>;

/** One question that somebody came back to; a refusal is said above it. */
export function AnswerAgain({ action, question, requestId }: { action: Action; question: QuestionView; requestId: string }) {
  const [state, submit] = useActionState(action, idle);
  return (
    <div className="space-y-6">
      <Outcome state={state} />
      <QuestionCard key={question.token} question={question} action={submit} requestId={requestId} />
    </div>
  );
}
