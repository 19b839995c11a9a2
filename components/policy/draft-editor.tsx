"use client";

import { Eye, Plus, Save } from "lucide-react";
import { type FormEvent, useActionState, useState } from "react";
import { Button } from "@/components/ui/button";
import { FormActions } from "@/components/ui/form-actions";
import { FormErrors } from "@/components/ui/form-errors";
import { Notice } from "@/components/ui/notice";
import { RadioGroup } from "@/components/ui/radio-group";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextAreaField } from "@/components/ui/text-area";
import { faultsAt, idle, type FormState, type FormValues } from "@/lib/contract/form";
import { localeName } from "@/lib/contract/locale-name";
import type { PolicyText } from "@/lib/contract/policy-views";
import { DraftText } from "./draft-text";
import { troubleOf } from "./form-trouble";
import { FormattingHelp } from "./formatting-help";
import type { PreviewAction } from "./live-preview";
import { commonLocales } from "./common-locales";

/** What a save or a preview gives back: everything typed, and each text as it will be published. */
export type DraftShown = { readonly values: FormValues; readonly previews: Readonly<Record<string, string>> };

export type DraftEditorProps = {
  action: (before: FormState<DraftShown>, form: FormData) => Promise<FormState<DraftShown>>;
  preview: PreviewAction;
  policy: string;
  draft: string;
  revision: number;
  texts: readonly PolicyText[];
  previews: Readonly<Record<string, string>>;
  changeNote: string;
  asking: "ask" | "editorial";
  /** Where a language is added without a script. */
  here: string;
  asksNothing: boolean;
  /** No version stands before it, so nobody can be asked again. */
  first: boolean;
};

/** Writing the next version: texts by language, what changed, and whether people are asked again. */
export function DraftEditor({ action, preview, policy, draft, revision, texts, previews, changeNote, asking, here, asksNothing, first }: DraftEditorProps) {
  const [state, submit] = useActionState(action, idle);
  const held = state.status === "refused" ? state.values : state.status === "done" ? state.result.values : null;
  const [shown, setShown] = useState<readonly PolicyText[]>(() => (held ? textsIn(held) : texts));
  const value = (name: string, before: string) => held?.[name]?.[0] ?? before;
  const free = commonLocales.filter((locale) => !shown.some((text) => text.locale === locale));
  const newer = state.status === "refused" && state.code === "conflict-draft-changed" ? state.detail?.revision : undefined;
  const add = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const locale = new FormData(event.currentTarget).get("add");
    if (typeof locale === "string" && locale) setShown([...shown, { locale, title: "", markdown: "" }]);
  };
  return (
    <div className="space-y-8">
      <form action={submit} className="space-y-8">
        <input type="hidden" name="key" value={policy} />
        <input type="hidden" name="draft" value={draft} />
        <input type="hidden" name="revision" value={revision} />
        <FormErrors errors={troubleOf(state, ["changeNote", "asking", ...shown.flatMap((_, index) => [`texts[${index}].title`, `texts[${index}].markdown`])])} />
        {typeof newer === "number" ? (
          <Notice tone="warning" title="Two people wrote on this draft">
            <p>Open what was saved in another window and compare before you decide. Keeping yours replaces the other text.</p>
            <div className="mt-3 flex flex-wrap gap-2.5">
              <a href={here} target="_blank" rel="noopener" className="inline-flex min-h-9 items-center text-sm font-medium text-accent underline underline-offset-4">See what was saved</a>
              <Button type="submit" size="sm" name="revision" value={String(newer)}>Keep mine instead</Button>
            </div>
          </Notice>
        ) : null}
        {state.status === "done" ? <Notice tone="info" result>{state.message}</Notice> : null}
        {shown.map((text, index) => (
          <DraftText
            key={text.locale}
            index={index}
            text={text}
            html={(state.status === "done" ? state.result.previews[text.locale] : undefined) ?? previews[text.locale] ?? ""}
            lead={index === 0}
            errors={{ title: faultsAt(state, `texts[${index}].title`), markdown: faultsAt(state, `texts[${index}].markdown`) }}
            preview={preview}
            here={here}
            remove={shown.length > 1 ? () => setShown(shown.filter((one) => one.locale !== text.locale)) : null}
          />
        ))}
        <FormattingHelp />
        <div className="grid grid-cols-1 gap-8 lg:grid-cols-2">
          <TextAreaField name="changeNote" label={first ? "Note on this version" : "What changed"} hint="A sentence or two. Everybody can read it in the history." optional rows={4} defaultValue={value("changeNote", changeNote)} error={faultsAt(state, "changeNote")} />
          {asksNothing || first ? (
            <input type="hidden" name="asking" value={first ? "ask" : asking} />
          ) : (
            <RadioGroup
              legend="Does it ask people again?"
              name="asking"
              defaultValue={value("asking", asking)}
              error={faultsAt(state, "asking")}
              options={[
                { value: "ask", label: "Yes, it changes something", hint: "Everybody who answered an earlier version is asked about this one." },
                { value: "editorial", label: "No, only the wording", hint: "Typing errors, layout, a new address. Earlier answers stay." },
              ]}
            />
          )}
        </div>
        <FormActions note="Saving keeps it as a draft. Nothing becomes public.">
          <SubmitButton icon={<Save />} pendingLabel="Saving…" name="intent" value="save">Save draft</SubmitButton>
          <SubmitButton variant="secondary" icon={<Eye />} name="intent" value="preview" pendingLabel="Preparing…" formNoValidate>Preview</SubmitButton>
        </FormActions>
      </form>
      {free.length > 0 ? (
        <form method="get" action={here} onSubmit={add} className="flex flex-wrap items-end gap-3 border-t border-line pt-6">
          <div className="w-64">
            <label htmlFor="add" className="mb-1.5 block text-sm font-medium text-ink">Another language</label>
            <Select id="add" name="add" options={free.map((locale) => ({ value: locale, label: localeName(locale) }))} />
          </div>
          <Button type="submit" icon={<Plus />}>Add language</Button>
        </form>
      ) : null}
    </div>
  );
}

function textsIn(values: FormValues): PolicyText[] {
  const texts: PolicyText[] = [];
  for (let index = 0; values[`texts[${index}].locale`] !== undefined; index += 1) {
    const at = (field: string) => values[`texts[${index}].${field}`]?.[0] ?? "";
    texts.push({ locale: at("locale"), title: at("title"), markdown: at("markdown") });
  }
  return texts;
}
