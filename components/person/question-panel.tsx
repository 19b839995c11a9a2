"use client";

import { useActionState, useEffect, useRef, type ReactNode } from "react";
import { Notice } from "@/components/ui/notice";
import { Progress } from "@/components/ui/progress";
import { TextLink } from "@/components/ui/text-link";
import type { AnsweredResult } from "@/lib/contract/answer";
import { idle, type FormState } from "@/lib/contract/form";
import type { QuestionView } from "@/lib/contract/question";
import { QuestionCard } from "./question-card";

type State = FormState<AnsweredResult>;

export interface QuestionPanelProps {
  action: (before: State, form: FormData) => Promise<State>;
  /** The one to answer now; null when none is left. */
  question: QuestionView | null;
  requestId: string;
  /** How many are due, this one and those put off included. */
  due: number;
  /** How many were put off. */
  later: number;
  /** Where "Decide later" leads. */
  laterHref: string;
  /** Shown when no question is left. */
  children: ReactNode;
}

/** One question at a time: the answer's result is said in place, and the next question follows. */
export function QuestionPanel({ action, question, requestId, due, later, laterHref, children }: QuestionPanelProps) {
  const [state, submit] = useActionState(action, idle);
  const answered = answeredIn(state);
  const total = answered + due;
  const place = answered + later + 1;
  return (
    <div className="space-y-6">
      <Outcome state={state} />
      {question === null ? (
        children
      ) : (
        <>
          {total > 1 ? <Progress label={`Question ${place} of ${total}`} value={place - 1} max={total} /> : null}
          <QuestionCard key={question.token} question={question} action={submit} requestId={requestId} answered={answered} />
          <p className="text-center text-sm text-muted">
            <TextLink href={laterHref}>Decide later</TextLink>
          </p>
        </>
      )}
    </div>
  );
}

/** How many were answered on this page so far; a refused answer keeps the count it came with. */
function answeredIn(state: State): number {
  if (state.status === "done") return state.result.answered;
  return state.status === "refused" ? Number(state.values["answered"]?.[0] ?? 0) || 0 : 0;
}

/** What came of the last answer; takes the focus, so that reading goes on from there. */
export function Outcome({ state }: { state: FormState<unknown> }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (state.status !== "idle") box.current?.focus();
  }, [state]);
  return (
    <div ref={box} tabIndex={-1} className="outline-none empty:hidden">
      {state.status === "done" ? <Notice tone="success" result>{state.message}</Notice> : null}
      {state.status === "refused" ? <Notice tone={state.code === "question-superseded" ? "warning" : "danger"} result>{state.message}</Notice> : null}
    </div>
  );
}
