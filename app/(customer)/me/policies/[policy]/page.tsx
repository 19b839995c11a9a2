import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { AnswerAgain } from "@/components/person/answer-again";
import { PageHeader } from "@/components/ui/page-header";
import { requirePerson, show } from "@/lib/delivery/web/page";
import { askQuestionsAgain } from "@/lib/usecases/ask-questions-again";
import { answerAgainAction } from "../../actions";

export const metadata: Metadata = { title: "Your answer" };

export default async function PolicyAnswerPage({ params }: { params: Promise<{ policy: string }> }) {
  const { policy } = await params;
  const question = await show(askQuestionsAgain(await requirePerson(), { kind: "policy", key: policy }));
  return (
    <>
      <PageHeader breadcrumbs={[{ label: "Policies", href: "/me/policies" }, { label: question.title }]} title="Your answer" />
      <AnswerAgain action={answerAgainAction} question={question} requestId={randomUUID()} />
    </>
  );
}
