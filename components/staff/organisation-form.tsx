"use client";

import { useActionState } from "react";
import { FormActions } from "@/components/ui/form-actions";
import { FormErrors } from "@/components/ui/form-errors";
import { SelectField } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextField } from "@/components/ui/text-input";
import { faultsAt, idle, typed } from "@/lib/contract/form";
import type { OrganisationView } from "@/lib/contract/settings";
import { errorsOf } from "./errors-of";
import { languages } from "./languages";
import type { SettingsFormProps } from "./settings-form";

/** Name, address for questions, and first language. */
export function OrganisationForm({ action, requestId, revision, settings }: SettingsFormProps & { settings: OrganisationView }) {
  const [state, submit] = useActionState(action, idle);
  const locale = typed(state, "defaultLocale", settings.defaultLocale);
  return (
    <form action={submit} className="space-y-5" noValidate>
      <FormErrors errors={errorsOf(state)} />
      <input type="hidden" name="part" value="organisation" />
      <input type="hidden" name="requestId" value={requestId} />
      <input type="hidden" name="revision" value={revision} />
      <TextField
        name="name"
        label="Name"
        autoComplete="organization"
        defaultValue={typed(state, "name", settings.name)}
        error={faultsAt(state, "name")}
        required
      />
      <TextField
        name="contactEmail"
        type="email"
        label="Address for questions"
        hint="Customers find it beside the policies."
        autoComplete="off"
        defaultValue={typed(state, "contactEmail", settings.contactEmail ?? "")}
        error={faultsAt(state, "contactEmail")}
        optional
      />
      <SelectField
        // A new choice needs a new element: a select only reads its default once.
        key={locale}
        name="defaultLocale"
        label="First language"
        hint="For texts that are not there in a customer's own language."
        defaultValue={locale}
        options={languages(settings.defaultLocale)}
        error={faultsAt(state, "defaultLocale")}
        required
      />
      <FormActions>
        <SubmitButton pendingLabel="Saving…">Save</SubmitButton>
      </FormActions>
    </form>
  );
}
