"use client";

import { useActionState } from "react";
import { Send } from "lucide-react";
import { FormActions } from "@/components/ui/form-actions";
import { FormErrors } from "@/components/ui/form-errors";
import { RadioGroup } from "@/components/ui/radio-group";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextField } from "@/components/ui/text-input";
import { faultsAt, idle, typed, type FormState } from "@/lib/contract/form";
import type { InvitedView } from "@/lib/contract/staff";
import { roles } from "@/lib/domain/roles";
import { errorsOf } from "./errors-of";
import { roleWords } from "./role-words";
import { ShownOnce } from "./shown-once";

type Props = { action: (before: FormState<InvitedView>, form: FormData) => Promise<FormState<InvitedView>>; requestId: string };

/** Invites one colleague, and shows the link this one time. */
export function InviteForm({ action, requestId }: Props) {
  const [state, submit] = useActionState(action, idle);
  return (
    <form action={submit} className="space-y-5" noValidate>
      <FormErrors errors={errorsOf(state)} />
      {state.status === "done" ? (
        <ShownOnce title={state.message} text={state.result.link} what="link">
          {state.result.mailed
            ? "It is on its way by e-mail. You can also pass the link on yourself; it is shown only now."
            : "Pass this link on yourself, over a channel you trust. It works once, for a week, and is shown only now."}
        </ShownOnce>
      ) : null}
      <input type="hidden" name="requestId" value={requestId} />
      <TextField
        name="email"
        type="email"
        label="E-mail address"
        autoComplete="off"
        spellCheck={false}
        defaultValue={typed(state, "email")}
        error={faultsAt(state, "email")}
        required
      />
      <RadioGroup
        name="role"
        legend="Role"
        columns={2}
        defaultValue={typed(state, "role", "officer")}
        error={faultsAt(state, "role")}
        options={roles.map((role) => ({ value: role, label: roleWords[role].name, hint: roleWords[role].does }))}
        required
      />
      <FormActions>
        <SubmitButton icon={<Send />} pendingLabel="Inviting…">Invite</SubmitButton>
      </FormActions>
    </form>
  );
}
