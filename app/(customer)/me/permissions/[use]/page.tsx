import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { AnswerAgain } from "@/components/person/answer-again";
import { PageHeader } from "@/components/ui/page-header";
import { requirePerson, show } from "@/lib/delivery/web/page";
import { askQuestionsAgain } from "@/lib/usecases/ask-questions-again";
import { answerAgainAction } from "../../actions";

export const metadata: Metadata = { title: "Your answer" };

export default async function AnswerPage({ params }: { params: Promise<{ use: string }> }) {
  const { use } = await params;
  const question = await show(askQuestionsAgain(await requirePerson(), { kind: "permission", key: use }));
  return (
    <>
      <PageHeader breadcrumbs={[{ label: "Your permissions", href: "/me/permissions" }, { label: question.title }]} title="Your answer" />
      <AnswerAgain action={answerAgainAction} question={question} requestId={randomUUID()} />
    </>
  );
}
