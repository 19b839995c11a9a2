import { randomUUID } from "node:crypto";
import { CircleCheck, Clock } from "lucide-react";
import type { Metadata } from "next";
import { QuestionPanel } from "@/components/person/question-panel";
import { SignalNotice } from "@/components/person/signal-notice";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { questionName } from "@/lib/contract/question";
import { requirePerson, show } from "@/lib/delivery/web/page";
import { askQuestions } from "@/lib/usecases/ask-questions";
import { showMyFrame } from "@/lib/usecases/show-my-frame";
import { showMySignal } from "@/lib/usecases/show-my-signal";
import { answerAction } from "../actions";

export const metadata: Metadata = { title: "Your questions" };

type Query = Promise<{ later?: string | string[] }>;

export default async function QuestionsPage({ searchParams }: { searchParams: Query }) {
  const person = await requirePerson();
  const [questions, signal, { name, organisation }, { later }] = await Promise.all([show(askQuestions(person)), showMySignal(person), showMyFrame(person), searchParams]);
  const names = questions.map(questionName);
  const putOff = [later ?? []].flat().flatMap((list) => list.split(",")).filter((one) => names.includes(one));
  const question = questions.find((one) => !putOff.includes(questionName(one))) ?? null;
  const laterHref = question ? `/me?later=${encodeURIComponent([...putOff, questionName(question)].join(","))}` : "/me";
  return (
    <>
      <PageHeader
        title={name === null ? "Good to see you" : `Hello ${name}`}
        description={
          question === null
            ? `This is where ${organisation} asks before it uses your data.`
            : questions.length === 1
              ? `${organisation} has one question for you. A no is as good as a yes.`
              : `${organisation} has ${questions.length} questions for you. A no is as good as a yes.`
        }
      />
      {signal ? <SignalNotice signal={signal} organisation={organisation} /> : null}
      <QuestionPanel
        action={answerAction}
        question={question}
        requestId={randomUUID()}
        due={questions.length}
        later={putOff.length}
        laterHref={laterHref}
      >
        {putOff.length > 0 ? (
          <EmptyState
            icon={<Clock />}
            title={putOff.length === 1 ? "One question waits" : `${putOff.length} questions wait`}
            action={<><LinkButton href="/me" variant="primary">Answer now</LinkButton><LinkButton href="/me/permissions">Your permissions</LinkButton></>}
          >
            You put {putOff.length === 1 ? "it" : "them"} off. Until you answer, nothing new is done with your data.
          </EmptyState>
        ) : (
          <EmptyState icon={<CircleCheck />} title="Nothing to answer" action={<LinkButton href="/me/permissions">See your permissions</LinkButton>}>
            You are up to date. If anything changes, we ask you here first.
          </EmptyState>
        )}
      </QuestionPanel>
    </>
  );
}
