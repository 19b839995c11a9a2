"use client";

import { useActionState } from "react";
import { Globe, Plus, Server } from "lucide-react";
import { CheckboxGroup } from "@/components/ui/checkbox-group";
import { FormActions } from "@/components/ui/form-actions";
import { FormErrors } from "@/components/ui/form-errors";
import { RadioGroup } from "@/components/ui/radio-group";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextAreaField } from "@/components/ui/text-area";
import { TextField } from "@/components/ui/text-input";
import type { CreatedApiKeyView } from "@/lib/contract/api-key";
import { faultsAt, idle, typed, typedAll, type FormState } from "@/lib/contract/form";
import { scopes } from "@/lib/domain/actor";
import { errorsOf } from "./errors-of";
import { MadeKey } from "./made-key";
import { scopeWords } from "./scope-words";

type Props = { action: (before: FormState<CreatedApiKeyView>, form: FormData) => Promise<FormState<CreatedApiKeyView>>; requestId: string };

/** Makes a key, and shows it this one time. What a choice does not need is out of sight, with and without scripts. */
export function CreateKeyForm({ action, requestId }: Props) {
  const [state, submit] = useActionState(action, idle);
  const errors = errorsOf(state).map((error) => (error.field?.startsWith("scopes") ? { ...error, field: "scopes[]" } : error.field?.startsWith("origins") ? { ...error, field: "origins" } : error));
  const wrongOrigins = state.status === "refused" ? state.faults.filter(({ path }) => path.startsWith("origins")).map(({ message }) => message) : undefined;
  return (
    <form action={submit} className="group/key space-y-5" noValidate>
      <FormErrors errors={errors} />
      {state.status === "done" ? <MadeKey message={state.message} made={state.result} /> : null}
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
      <RadioGroup
        name="kind"
        legend="Where will it be used?"
        columns={2}
        defaultValue={typed(state, "kind", "server")}
        error={faultsAt(state, "kind")}
        options={[
          { value: "server", label: "On a server", hint: "Your shop or app keeps it secret and speaks for all its customers.", icon: <Server /> },
          { value: "browser", label: "In web pages", hint: "Everybody can see it. It only asks and answers, on the websites you name, for the customer whom your server says.", icon: <Globe /> },
        ]}
        required
      />
      <div className="group-has-[[value=browser]:checked]/key:hidden">
        <CheckboxGroup
          name="scopes[]"
          legend="It may"
          columns={2}
          defaultValue={typedAll(state, "scopes[]", ["ask", "decide"])}
          error={faultsAt(state, "scopes")}
          options={scopes.map((scope) => ({ value: scope, label: scopeWords[scope].name, hint: scopeWords[scope].does }))}
          required
        />
      </div>
      <div className="hidden group-has-[[value=browser]:checked]/key:block">
        <TextAreaField
          name="origins"
          label="Addresses of the websites"
          hint="One address a line, such as https://shop.example.com. Pages from anywhere else are refused."
          rows={3}
          spellCheck={false}
          defaultValue={typed(state, "origins")}
          error={wrongOrigins}
        />
      </div>
      <FormActions>
        <SubmitButton icon={<Plus />} pendingLabel="Making…">Make key</SubmitButton>
      </FormActions>
    </form>
  );
}
