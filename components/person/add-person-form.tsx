"use client";

import { useActionState } from "react";
import { FormActions } from "@/components/ui/form-actions";
import { FormErrors } from "@/components/ui/form-errors";
import { LinkButton } from "@/components/ui/link-button";
import { SelectField } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextField } from "@/components/ui/text-input";
import { faultsAt, idle, typed, type FormState } from "@/lib/contract/form";

type Action = (before: FormState, form: FormData) => Promise<FormState>;

/** Makes somebody known. */
export function AddPersonForm({ action, languages, locale }: { action: Action; languages: readonly { value: string; label: string }[]; locale: string }) {
  const [state, submit] = useActionState(action, idle);
  const errors = state.status !== "refused" ? [] : state.faults.length > 0 ? state.faults.map(({ path, message }) => ({ field: path, message })) : [{ message: state.message }];
  return (
    <form action={submit} className="max-w-xl space-y-6" noValidate>
      <FormErrors errors={errors} />
      <TextField name="name" label="Name" optional autoComplete="off" defaultValue={typed(state, "name")} error={faultsAt(state, "name")} />
      <TextField
        name="email"
        type="email"
        label="E-mail address"
        hint="Needed to invite them, or for them to ask for a link."
        autoComplete="off"
        spellCheck={false}
        defaultValue={typed(state, "email")}
        error={faultsAt(state, "email")}
      />
      <TextField
        name="ref"
        label="Customer number"
        hint="What your other systems call this person. An address, a number, or both."
        autoComplete="off"
        spellCheck={false}
        defaultValue={typed(state, "ref")}
        error={faultsAt(state, "ref")}
      />
      <SelectField name="locale" label="Language" options={[...languages]} defaultValue={typed(state, "locale", locale)} error={faultsAt(state, "locale")} />
      <FormActions>
        <SubmitButton pendingLabel="Adding…">Add person</SubmitButton>
        <LinkButton href="/studio/people">Cancel</LinkButton>
      </FormActions>
    </form>
  );
}
