"use client";

import { useActionState, useMemo } from "react";
import { Save } from "lucide-react";
import { FormActions } from "@/components/ui/form-actions";
import { FormErrors } from "@/components/ui/form-errors";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextAreaField } from "@/components/ui/text-area";
import { TextLink } from "@/components/ui/text-link";
import type { TreeNode } from "@/components/ui/tree";
import { faultsAt, idle, typed, type FormState } from "@/lib/contract/form";
import type { UseDraftView } from "@/lib/contract/use";
import { errorsOf } from "./errors-of";
import { TermsFields } from "./terms-fields";

type Action = (before: FormState, form: FormData) => Promise<FormState>;

export interface UseDraftFormProps {
  action: Action;
  view: Pick<UseDraftView, "key" | "draft" | "revision" | "terms" | "changeNote" | "words" | "live">;
  /** What the last step came to. */
  result?: string | undefined;
}

/** The form of a draft. A refused save shows everything as it was typed. */
export function DraftFields({ action, view, result, countries }: UseDraftFormProps & { countries: readonly TreeNode[] }) {
  const [state, submit] = useActionState(action, idle);
  const errors = useMemo(() => errorsOf(state), [state]);
  const newer = state.status === "refused" && state.code === "conflict-draft-changed" ? state.detail?.["revision"] : undefined;
  // What was typed comes back as fresh fields, so that a reset of the form cannot bring back older ones.
  const typedNow = state.status === "refused" ? JSON.stringify(state.values) : `saved ${view.draft} ${view.revision}`;
  return (
    <form action={submit} noValidate className="space-y-6">
      {result && state.status === "idle" ? <Notice tone="success" result>{result}</Notice> : null}
      {typeof newer === "number" && state.status === "refused" ? (
        <Notice
          tone="warning"
          result
          title="Somebody else saved this draft while you were writing"
          actions={
            <>
              <SubmitButton variant="secondary" size="sm" name="over" value={String(newer)} pendingLabel="Saving…">Save mine over it</SubmitButton>
              <TextLink href={`/studio/uses/${view.key}/draft`} external>See what they saved</TextLink>
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
      <div key={typedNow} className="space-y-6">
        <TermsFields terms={view.terms} words={view.words} countries={countries} state={state} />
        <TextAreaField
          name="changeNote"
          label="Note on this version"
          hint={view.live ? "For your colleagues and the record: what changed, and why." : "For your colleagues and the record."}
          rows={3}
          optional
          defaultValue={typed(state, "changeNote", view.changeNote)}
          error={faultsAt(state, "changeNote")}
        />
      </div>
      <FormActions note="Saving shows the effect beside the form. Nothing is published by it.">
        <SubmitButton icon={<Save />} pendingLabel="Saving…">Save draft</SubmitButton>
      </FormActions>
    </form>
  );
}
