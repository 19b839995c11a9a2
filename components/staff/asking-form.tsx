"use client";

import { useActionState } from "react";
import { FormActions } from "@/components/ui/form-actions";
import { FormErrors } from "@/components/ui/form-errors";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextField } from "@/components/ui/text-input";
import { faultsAt, idle, typed } from "@/lib/contract/form";
import type { SettingsView } from "@/lib/contract/settings";
import { errorsOf } from "./errors-of";
import type { SettingsFormProps } from "./settings-form";

/** How many questions one customer is asked. */
export function AskingForm({ action, requestId, revision, settings }: SettingsFormProps & { settings: Pick<SettingsView, "questionsPerVisit" | "questionsPerMonth"> }) {
  const [state, submit] = useActionState(action, idle);
  const { questionsPerVisit, questionsPerMonth } = settings;
  return (
    <form action={submit} className="space-y-5" noValidate>
      <FormErrors errors={errorsOf(state)} />
      <input type="hidden" name="part" value="asking" />
      <input type="hidden" name="requestId" value={requestId} />
      <input type="hidden" name="revision" value={revision} />
      <TextField
        name="questionsPerVisit"
        label="In one visit"
        inputMode="numeric"
        suffix="questions"
        hint="A question that is shown again within half an hour is still the same one."
        defaultValue={typed(state, "questionsPerVisit", String(questionsPerVisit))}
        error={faultsAt(state, "questionsPerVisit")}
        required
      />
      <TextField
        name="questionsPerMonth"
        label="In one month"
        inputMode="numeric"
        suffix="questions"
        hint="Leave it empty for no limit."
        defaultValue={typed(state, "questionsPerMonth", questionsPerMonth === null ? "" : String(questionsPerMonth))}
        error={faultsAt(state, "questionsPerMonth")}
        optional
      />
      <p className="text-sm text-muted">Customers who open their own page see everything that waits there, whatever you set here. Until they answer, nothing new is done with their data.</p>
      <FormActions>
        <SubmitButton pendingLabel="Saving…">Save these numbers</SubmitButton>
      </FormActions>
    </form>
  );
}
