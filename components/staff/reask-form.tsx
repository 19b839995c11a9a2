"use client";

import { useActionState } from "react";
import { FormActions } from "@/components/ui/form-actions";
import { FormErrors } from "@/components/ui/form-errors";
import { RadioGroup } from "@/components/ui/radio-group";
import { SubmitButton } from "@/components/ui/submit-button";
import { faultsAt, idle, typed } from "@/lib/contract/form";
import { errorsOf } from "./errors-of";
import type { SettingsFormProps } from "./settings-form";

/** When people are asked again. */
export function ReaskForm({ action, requestId, revision, reask }: SettingsFormProps & { reask: "any" | "wider" }) {
  const [state, submit] = useActionState(action, idle);
  return (
    <form action={submit} className="space-y-5" noValidate>
      <FormErrors errors={errorsOf(state)} />
      <input type="hidden" name="part" value="reask" />
      <input type="hidden" name="requestId" value={requestId} />
      <input type="hidden" name="revision" value={revision} />
      <RadioGroup
        name="reask"
        legend="Ask again"
        defaultValue={typed(state, "reask", reask)}
        error={faultsAt(state, "reask")}
        options={[
          {
            value: "any",
            label: "After every change of the terms",
            hint: "Everybody who answered is asked again, even when the new terms take less. Nobody is ever surprised.",
          },
          {
            value: "wider",
            label: "Only when the terms reach further, or differ",
            hint: "Keeping data for a shorter time, or for fewer recipients, carries every answer over. Anything wider, or not clearly narrower, asks again.",
          },
        ]}
        required
      />
      <p className="text-sm text-muted">New wording of a prompt never asks again, under either rule.</p>
      <FormActions>
        <SubmitButton pendingLabel="Saving…">Save this rule</SubmitButton>
      </FormActions>
    </form>
  );
}
