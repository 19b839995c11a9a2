"use client";

import { useActionState } from "react";
import { Plus } from "lucide-react";
import { CheckboxGroup } from "@/components/ui/checkbox-group";
import { FormActions } from "@/components/ui/form-actions";
import { FormErrors } from "@/components/ui/form-errors";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextField } from "@/components/ui/text-input";
import type { CreatedApiKeyView } from "@/lib/contract/api-key";
import { faultsAt, idle, typed, typedAll, type FormState } from "@/lib/contract/form";
import { scopes } from "@/lib/domain/actor";
import { errorsOf } from "./errors-of";
import { scopeWords } from "./scope-words";
import { ShownOnce } from "./shown-once";

type Props = { action: (before: FormState<CreatedApiKeyView>, form: FormData) => Promise<FormState<CreatedApiKeyView>>; requestId: string };

/** Makes a key, and shows it this one time. */
export function CreateKeyForm({ action, requestId }: Props) {
  const [state, submit] = useActionState(action, idle);
  const errors = errorsOf(state).map((error) => (error.field?.startsWith("scopes") ? { ...error, field: "scopes[]" } : error));
  return (
    <form action={submit} className="space-y-5" noValidate>
      <FormErrors errors={errors} />
      {state.status === "done" ? <Made message={state.message} made={state.result} /> : null}
      <input type="hidden" name="requestId" value={requestId} />
      <TextField
        name="name"
        label="Name"
        hint="Which program uses it, such as “Web shop”."
        autoComplete="off"
        defaultValue={typed(state, "name")}
        error={faultsAt(state, "name")}
        required
      />
      <CheckboxGroup
        name="scopes[]"
        legend="It may"
        columns={2}
        defaultValue={typedAll(state, "scopes[]", ["ask", "decide"])}
        error={faultsAt(state, "scopes")}
        options={scopes.map((scope) => ({ value: scope, label: scopeWords[scope].name, hint: scopeWords[scope].does }))}
        required
      />
      <FormActions>
        <SubmitButton icon={<Plus />} pendingLabel="Making…">Make key</SubmitButton>
      </FormActions>
    </form>
  );
}

function Made({ message, made }: { message: string; made: CreatedApiKeyView }) {
  if (made.key === null) {
    return (
      <Notice tone="warning" title={`The key “${made.name}” was made before`} result>
        It begins with {made.prefix} and was shown then. If nobody copied it, revoke it and make another one.
      </Notice>
    );
  }
  return <ShownOnce title={message} text={made.key} what="key">Copy it now: it is shown only this once, and nobody can look it up later.</ShownOnce>;
}
