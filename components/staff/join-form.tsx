"use client";

import { useActionState } from "react";
import { FormErrors } from "@/components/ui/form-errors";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextField } from "@/components/ui/text-input";
import { faultsAt, idle, typed, type FormState } from "@/lib/contract/form";
import { errorsOf } from "./errors-of";
import { NewPasswordField } from "./password-field";

type Props = {
  action: (before: FormState, form: FormData) => Promise<FormState>;
  token: string;
  requestId: string;
  /** The address somebody was invited at; null for the first admin, who says theirs. */
  email: string | null;
};

/** Name and password of a new colleague. */
export function JoinForm({ action, token, requestId, email }: Props) {
  const [state, submit] = useActionState(action, idle);
  return (
    <form action={submit} className="space-y-5" noValidate>
      <FormErrors errors={errorsOf(state)} />
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="requestId" value={requestId} />
      <TextField
        name="name"
        label="Your name"
        hint="Colleagues see it beside what you write and publish."
        autoComplete="name"
        defaultValue={typed(state, "name")}
        error={faultsAt(state, "name")}
        required
      />
      {email === null ? (
        <TextField
          name="email"
          type="email"
          label="E-mail address"
          hint="You sign in with it."
          autoComplete="username"
          spellCheck={false}
          defaultValue={typed(state, "email")}
          error={faultsAt(state, "email")}
          required
        />
      ) : (
        // Seen by password managers, so that they keep the new password under the right name.
        <input type="hidden" autoComplete="username" value={email} readOnly />
      )}
      <NewPasswordField error={faultsAt(state, "password")} />
      <SubmitButton full pendingLabel="Joining…">Join</SubmitButton>
    </form>
  );
}
