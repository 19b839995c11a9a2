"use client";

import { useActionState } from "react";
import { FormActions } from "@/components/ui/form-actions";
import { FormErrors } from "@/components/ui/form-errors";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextField } from "@/components/ui/text-input";
import { faultsAt, idle, typed } from "@/lib/contract/form";
import { errorsOf } from "./errors-of";
import type { SettingsFormProps } from "./settings-form";

/** How long what was remembered is frozen before it is destroyed. */
export function MemoryForm({ action, requestId, revision, days }: SettingsFormProps & { days: number }) {
  const [state, submit] = useActionState(action, idle);
  return (
    <form action={submit} className="space-y-5" noValidate>
      <FormErrors errors={errorsOf(state)} />
      <input type="hidden" name="part" value="memory" />
      <input type="hidden" name="requestId" value={requestId} />
      <input type="hidden" name="revision" value={revision} />
      <TextField
        name="memoryFreezeDays"
        label="Destroy it after"
        inputMode="numeric"
        suffix="days"
        hint="0 destroys it at once. Otherwise it waits, unreadable, and comes back if the customer says yes again in time."
        defaultValue={typed(state, "memoryFreezeDays", String(days))}
        error={faultsAt(state, "memoryFreezeDays")}
        required
      />
      <FormActions>
        <SubmitButton pendingLabel="Saving…">Save this time</SubmitButton>
      </FormActions>
    </form>
  );
}
