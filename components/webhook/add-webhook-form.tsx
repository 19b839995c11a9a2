"use client";

import { useActionState } from "react";
import { Plus } from "lucide-react";
import { errorsOf } from "@/components/staff/errors-of";
import { FormActions } from "@/components/ui/form-actions";
import { FormErrors } from "@/components/ui/form-errors";
import { SubmitButton } from "@/components/ui/submit-button";
import { idle, type FormState } from "@/lib/contract/form";
import type { WebhookSecretView } from "@/lib/contract/webhook";
import { SecretOnce } from "./secret-once";
import { WebhookFields } from "./webhook-fields";

type Props = { action: (before: FormState<WebhookSecretView>, form: FormData) => Promise<FormState<WebhookSecretView>>; requestId: string };

/** Adds a subscriber, and shows its secret this one time. */
export function AddWebhookForm({ action, requestId }: Props) {
  const [state, submit] = useActionState(action, idle);
  const errors = errorsOf(state).map((error) => (error.field?.startsWith("kinds") ? { ...error, field: "kinds[]" } : error));
  return (
    <form action={submit} className="space-y-5" noValidate>
      <FormErrors errors={errors} />
      {state.status === "done" ? <SecretOnce message={state.message} made={state.result} /> : null}
      <input type="hidden" name="requestId" value={requestId} />
      <WebhookFields state={state} before={{ name: "", url: "", kinds: ["permission.changed", "person.forgotten"], confirms: false }} />
      <FormActions>
        <SubmitButton icon={<Plus />} pendingLabel="Adding…">Add webhook</SubmitButton>
      </FormActions>
    </form>
  );
}
