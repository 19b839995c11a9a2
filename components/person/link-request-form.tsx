"use client";

import { useActionState } from "react";
import { FormErrors } from "@/components/ui/form-errors";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextField } from "@/components/ui/text-input";
import { faultsAt, idle, typed, type FormState } from "@/lib/contract/form";

type Action = (before: FormState, form: FormData) => Promise<FormState>;

/** Asks for a link by mail; the answer is the same whether or not the address is known. */
export function LinkRequestForm({ action }: { action: Action }) {
  const [state, submit] = useActionState(action, idle);
  if (state.status === "done") {
    return <Notice tone="success" result title="Look into your mail">{state.message}</Notice>;
  }
  const errors = state.status !== "refused" ? [] : state.faults.length > 0 ? state.faults.map(({ path, message }) => ({ field: path, message })) : [{ message: state.message }];
  return (
    <form action={submit} className="space-y-5" noValidate>
      <FormErrors errors={errors} />
      <TextField
        name="email"
        type="email"
        label="Your e-mail address"
        autoComplete="email"
        spellCheck={false}
        defaultValue={typed(state, "email")}
        error={faultsAt(state, "email")}
        required
      />
      <SubmitButton full size="lg" pendingLabel="Sending…">Send me a link</SubmitButton>
    </form>
  );
}
