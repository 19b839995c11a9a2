"use client";

import { useActionState } from "react";
import { RotateCw } from "lucide-react";
import { errorsOf } from "@/components/staff/errors-of";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { FormErrors } from "@/components/ui/form-errors";
import { idle, type FormState } from "@/lib/contract/form";
import type { WebhookSecretView } from "@/lib/contract/webhook";
import { SecretOnce } from "./secret-once";

type Props = { action: (before: FormState<WebhookSecretView>, form: FormData) => Promise<FormState<WebhookSecretView>>; requestId: string; webhook: string };

/** A new secret, after being asked once more. */
export function NewSecretForm({ action, requestId, webhook }: Props) {
  const [state, submit] = useActionState(action, idle);
  return (
    <div className="space-y-4">
      <FormErrors errors={errorsOf(state)} title="That was not done" />
      {state.status === "done" ? <SecretOnce message={state.message} made={state.result} /> : null}
      <ConfirmDialog
        trigger="Make a new secret"
        triggerIcon={<RotateCw />}
        title="Make a new secret?"
        description="For 24 hours messages are signed with both, the new one and the one before, so that there is time to change over."
        confirmLabel="Make a new secret"
        action={submit}
        fields={{ requestId, webhook }}
      />
    </div>
  );
}
