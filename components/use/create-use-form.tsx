"use client";

import { useActionState, useMemo, useState } from "react";
import { FormActions } from "@/components/ui/form-actions";
import { FormErrors } from "@/components/ui/form-errors";
import { LinkButton } from "@/components/ui/link-button";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextField } from "@/components/ui/text-input";
import { faultsAt, idle, typed, type FormState } from "@/lib/contract/form";
import { keyFromName } from "@/lib/contract/text";
import { errorsOf } from "./errors-of";

type Action = (before: FormState, form: FormData) => Promise<FormState>;

/** Names a new data use; its short name follows the name until somebody writes another. */
export function CreateUseForm({ action, requestId }: { action: Action; requestId: string }) {
  const [state, submit] = useActionState(action, idle);
  const errors = useMemo(() => errorsOf(state), [state]);
  const [made, setMade] = useState("");
  return (
    <form action={submit} noValidate className="max-w-xl space-y-6">
      <input type="hidden" name="requestId" value={requestId} />
      <FormErrors errors={errors} />
      <div key={state.status === "refused" ? JSON.stringify(state.values) : "new"} className="space-y-6">
        <TextField
          name="name"
          label="Name"
          hint="Say what it is, as specifically as you would to a customer: “Your interest in mountain bikes”."
          required
          maxLength={120}
          autoComplete="off"
          defaultValue={typed(state, "name")}
          error={faultsAt(state, "name")}
          onChange={(event) => setMade(keyFromName(event.currentTarget.value))}
        />
        <TextField
          name="key"
          label="Short name"
          hint="In addresses, and for programs that ask about this use. It stays the same for good. Left empty, it is made from the name."
          optional
          prefix="/uses/"
          placeholder={made}
          maxLength={60}
          autoComplete="off"
          spellCheck={false}
          defaultValue={typed(state, "key")}
          error={faultsAt(state, "key")}
        />
      </div>
      <FormActions>
        <SubmitButton pendingLabel="Creating…">Create and write the terms</SubmitButton>
        <LinkButton variant="quiet" href="/studio/uses">Cancel</LinkButton>
      </FormActions>
    </form>
  );
}
