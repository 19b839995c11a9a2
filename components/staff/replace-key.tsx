"use client";

import { createContext, useActionState, useContext, type ReactNode } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { FormErrors } from "@/components/ui/form-errors";
import { SelectField } from "@/components/ui/select";
import { overlaps, type CreatedApiKeyView } from "@/lib/contract/api-key";
import { idle, type FormState } from "@/lib/contract/form";
import { errorsOf } from "./errors-of";
import { MadeKey } from "./made-key";

const Replacing = createContext<((form: FormData) => void) | null>(null);

type Props = { action: (before: FormState<CreatedApiKeyView>, form: FormData) => Promise<FormState<CreatedApiKeyView>>; children: ReactNode };

/** Around the table of keys: shows a successor above it, this one time, since its own row is only coming. */
export function KeysBeingReplaced({ action, children }: Props) {
  const [state, submit] = useActionState(action, idle);
  return (
    <Replacing value={submit}>
      <div className="mb-5 space-y-3 empty:hidden">
        {state.status === "refused" ? <FormErrors errors={errorsOf(state)} title="That was not done" /> : null}
        {state.status === "done" ? <MadeKey message={state.message} made={state.result} /> : null}
      </div>
      {children}
    </Replacing>
  );
}

/** Gives a key a successor, and asks how long the old one goes on. */
export function ReplaceKey({ id, name, requestId }: { id: string; name: string; requestId: string }) {
  const submit = useContext(Replacing);
  if (submit === null) return null;
  return (
    <ConfirmDialog
      trigger="Replace"
      triggerVariant="quiet"
      triggerSize="sm"
      title={`Replace the key “${name}”?`}
      description="You get a new key that may do the same. Both work until you have given the new one to your program; then the old one stops by itself."
      confirmLabel="Replace key"
      pendingLabel="Replacing…"
      action={submit}
      fields={{ requestId, key: id }}
    >
      <SelectField
        id={`overlap-${id}`}
        name="overlap"
        label="The old key goes on for"
        defaultValue="24"
        options={Object.entries(overlaps).map(([value, label]) => ({ value, label }))}
      />
    </ConfirmDialog>
  );
}
