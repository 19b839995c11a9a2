"use client";

import { useActionState, useMemo, useState } from "react";
import { Save } from "lucide-react";
import { FormActions } from "@/components/ui/form-actions";
import { FormErrors } from "@/components/ui/form-errors";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextAreaField } from "@/components/ui/text-area";
import { TextField } from "@/components/ui/text-input";
import { TextLink } from "@/components/ui/text-link";
import { faultsAt, idle, typed, type FormState } from "@/lib/contract/form";
import { hintsForWording, type PromptDraftView, type PromptWords } from "@/lib/contract/prompt";
import { errorsOf } from "./errors-of";
import { QuestionCard } from "./question-card";

type Action = (before: FormState, form: FormData) => Promise<FormState>;

export interface PromptFormProps {
  action: Action;
  view: Pick<PromptDraftView, "key" | "draft" | "revision" | "changeNote" | "terms">;
  locale: string;
  words: PromptWords;
  /** What the last step came to. */
  result?: string | undefined;
}

/** Writes one language of a prompt, with the question beside it as a person will see it. */
export function PromptForm({ action, view, locale, words, result }: PromptFormProps) {
  const [state, submit] = useActionState(action, idle);
  const errors = useMemo(() => errorsOf(state), [state]);
  const before: PromptWords = {
    title: typed(state, "title", words.title),
    question: typed(state, "question", words.question),
    benefit: typed(state, "benefit", words.benefit),
    ifNo: typed(state, "ifNo", words.ifNo),
    yesLabel: typed(state, "yesLabel", words.yesLabel),
    noLabel: typed(state, "noLabel", words.noLabel),
  };
  const [now, setNow] = useState<PromptWords>(before);
  const newer = state.status === "refused" && state.code === "conflict-draft-changed" ? state.detail?.["revision"] : undefined;
  const hints = hintsForWording(now, view.terms?.specifics ?? []);
  const field = (part: keyof PromptWords) => ({ name: part, defaultValue: before[part], error: faultsAt(state, part), lang: locale });
  return (
    <div className="grid grid-cols-1 items-start gap-8 xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
      <form
        action={submit}
        noValidate
        className="space-y-6"
        onInput={(event) => {
          const form = new FormData(event.currentTarget);
          const at = (part: keyof PromptWords) => String(form.get(part) ?? "");
          setNow({ title: at("title"), question: at("question"), benefit: at("benefit"), ifNo: at("ifNo"), yesLabel: at("yesLabel"), noLabel: at("noLabel") });
        }}
      >
        {result && state.status === "idle" ? <Notice tone="success" result>{result}</Notice> : null}
        {typeof newer === "number" && state.status === "refused" ? (
          <Notice
            tone="warning"
            result
            title="Somebody else saved this draft while you were writing"
            actions={
              <>
                <SubmitButton variant="secondary" size="sm" name="over" value={String(newer)} pendingLabel="Saving…">Save mine over it</SubmitButton>
                <TextLink href={`/studio/prompts/${view.key}/draft?locale=${locale}`} external>See what they saved</TextLink>
              </>
            }
          >
            {state.message}
          </Notice>
        ) : (
          <FormErrors errors={errors} />
        )}
        <input type="hidden" name="key" value={view.key} />
        <input type="hidden" name="draft" value={view.draft} />
        <input type="hidden" name="revision" value={view.revision} />
        <input type="hidden" name="locale" value={locale} />
        <div key={state.status === "refused" ? JSON.stringify(state.values) : `saved ${view.draft} ${view.revision} ${locale}`} className="space-y-6">
          <TextField {...field("title")} label="Title" hint="A few words: what it is about." maxLength={100} autoComplete="off" />
          <TextAreaField {...field("question")} label="Question" hint="One question about one thing, in the words you would use at the counter." rows={3} maxLength={400} />
          <TextAreaField {...field("benefit")} label="What they get" hint="What a yes does for them." rows={2} maxLength={400} />
          <TextAreaField {...field("ifNo")} label="What happens on no" hint="A no costs nothing: say what stays as it is." rows={2} maxLength={400} />
          <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
            <TextField {...field("yesLabel")} label="Yes button" maxLength={40} autoComplete="off" />
            <TextField {...field("noLabel")} label="No button" maxLength={40} autoComplete="off" />
          </div>
          <TextAreaField
            name="changeNote"
            label="Note on this version"
            hint="For your colleagues and the record."
            rows={2}
            optional
            defaultValue={typed(state, "changeNote", view.changeNote)}
            error={faultsAt(state, "changeNote")}
          />
        </div>
        <FormActions note="People see it once it is published.">
          <SubmitButton icon={<Save />} pendingLabel="Saving…">Save draft</SubmitButton>
        </FormActions>
      </form>
      <section aria-label="Preview" className="space-y-4 xl:sticky xl:top-8">
        <p className="text-sm text-muted">As a customer sees it{view.terms ? `, with the terms of version ${view.terms.version}${view.terms.draft ? " (a draft)" : ""}` : ""}</p>
        <QuestionCard yesLabel={now.yesLabel} noLabel={now.noLabel} title={now.title || "Title"} question={now.question || "The question stands here."} benefit={now.benefit} ifNo={now.ifNo} terms={view.terms?.terms ?? []} locale={locale} />
        {hints.length > 0 ? (
          <Notice tone="info" title="Worth another look">
            <ul className="list-disc space-y-1 pl-5">{hints.map((hint) => <li key={hint}>{hint}</li>)}</ul>
          </Notice>
        ) : null}
      </section>
    </div>
  );
}
