import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { cache } from "react";
import { AnswerAgain } from "@/components/person/answer-again";
import { PageHeader } from "@/components/ui/page-header";
import { requirePerson, show } from "@/lib/delivery/web/page";
import { askQuestionsAgain } from "@/lib/usecases/ask-questions-again";
import { answerAgainAction } from "../../actions";

type Props = { params: Promise<{ policy: string }> };

/** Read once a request, for the title and for the page. */
const load = cache(async (key: string) => show(askQuestionsAgain(await requirePerson(), { kind: "policy", key })));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Your answer: ${(await load((await params).policy)).title}` };
}

export default async function PolicyAnswerPage({ params }: Props) {
  const question = await load((await params).policy);
  return (
    <>
      <PageHeader breadcrumbs={[{ label: "Policies", href: "/me/policies" }, { label: question.title }]} title="Your answer" />
      <AnswerAgain action={answerAgainAction} question={question} requestId={randomUUID()} />
    </>
  );
}
