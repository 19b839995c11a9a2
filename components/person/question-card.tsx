import { Badge } from "@/components/ui/badge";
import { SubmitButton } from "@/components/ui/submit-button";
import type { QuestionView } from "@/lib/contract/question";
import { QuestionBody, QuestionLinks } from "./question-body";
import { reasonWords } from "./words";

type Action = (form: FormData) => void;

/** One question with its answers, which look alike. The first form field is the question's token. */
export function QuestionCard({ question, action, requestId, answered = 0 }: { question: QuestionView; action: Action; requestId: string; answered?: number }) {
  const changed = question.reason === "use-changed" || question.reason === "new-version";
  return (
    <article aria-labelledby="question" className="rounded-xl border border-line bg-surface shadow-md">
      <div className="p-5 sm:p-8">
        <div className="mb-3"><Badge tone={changed ? "warn" : "accent"}>{reasonWords[question.reason]}</Badge></div>
        <h2 id="question" lang={question.locale} className="mb-5 font-serif text-2xl font-medium tracking-[-0.012em] text-ink">{question.title}</h2>
        <QuestionBody
          words={question}
          changedTitle={question.answeredVersion === null ? "What changed" : `What changed since you answered (version ${question.answeredVersion} → ${question.version})`}
          links={<QuestionLinks question={question} />}
        />
      </div>
      <form action={action} className="rounded-b-xl border-t border-line bg-sunken p-5 sm:px-8 sm:py-6">
        <input type="hidden" name="answers[0].token" value={question.token} />
        <input type="hidden" name="requestId" value={requestId} />
        <input type="hidden" name="answered" value={answered} />
        <div lang={question.locale} className="grid gap-3 sm:auto-cols-fr sm:grid-flow-col">
          {question.choices.map(({ answer, label }) => (
            <SubmitButton key={answer} variant="choice" size="lg" full name="answers[0].answer" value={answer}>{label}</SubmitButton>
          ))}
        </div>
        {question.choices.some(({ answer }) => answer === "kept") ? (
          <p className="mt-4 text-sm text-muted">A no also ends what you agreed to before. The last answer keeps that as it was, and says no only to what changed.</p>
        ) : null}
      </form>
    </article>
  );
}
