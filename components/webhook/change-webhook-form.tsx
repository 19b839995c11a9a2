"use client";

import { useActionState } from "react";
import { errorsOf } from "@/components/staff/errors-of";
import { FormActions } from "@/components/ui/form-actions";
import { FormErrors } from "@/components/ui/form-errors";
import { SubmitButton } from "@/components/ui/submit-button";
import { idle, type FormState } from "@/lib/contract/form";
import { WebhookFields, type WebhookSaid } from "./webhook-fields";

type Props = { action: (before: FormState, form: FormData) => Promise<FormState>; requestId: string; webhook: WebhookSaid & { readonly id: string } };

export function ChangeWebhookForm({ action, requestId, webhook }: Props) {
  const [state, submit] = useActionState(action, idle);
  const errors = errorsOf(state).map((error) => (error.field?.startsWith("kinds") ? { ...error, field: "kinds[]" } : error));
  return (
    <form action={submit} className="space-y-5" noValidate>
      <FormErrors errors={errors} />
      <input type="hidden" name="requestId" value={requestId} />
      <input type="hidden" name="webhook" value={webhook.id} />
      <WebhookFields state={state} before={webhook} />
      <FormActions>
        <SubmitButton pendingLabel="Saving…">Save</SubmitButton>
      </FormActions>
    </form>
  );
}
