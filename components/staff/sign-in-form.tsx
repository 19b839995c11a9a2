"use client";

import { useActionState } from "react";
import { FormErrors } from "@/components/ui/form-errors";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextField } from "@/components/ui/text-input";
import { faultsAt, idle, typed, type FormState } from "@/lib/contract/form";
import { errorsOf } from "./errors-of";

type Action = (before: FormState, form: FormData) => Promise<FormState>;

/** E-mail and password; a wrong pair keeps the address and empties the password. */
export function SignInForm({ action, returnTo }: { action: Action; returnTo: string }) {
  const [state, submit] = useActionState(action, idle);
  return (
    <form action={submit} className="space-y-5" noValidate>
      <FormErrors errors={errorsOf(state)} />
      <input type="hidden" name="returnTo" value={returnTo} />
      <TextField
        name="email"
        type="email"
        label="E-mail address"
        autoComplete="username"
        spellCheck={false}
        defaultValue={typed(state, "email")}
        error={faultsAt(state, "email")}
        required
      />
      <TextField name="password" type="password" label="Password" autoComplete="current-password" error={faultsAt(state, "password")} required />
      <SubmitButton full pendingLabel="Signing in…">Sign in</SubmitButton>
    </form>
  );
}
