"use client";

import { useActionState } from "react";
import { ConfirmDialog, type ConfirmDialogProps } from "@/components/ui/confirm-dialog";
import { FormErrors } from "@/components/ui/form-errors";
import { idle, type FormState } from "@/lib/contract/form";
import { errorsOf } from "./errors-of";

type Props = Omit<ConfirmDialogProps, "action"> & { action: (before: FormState, form: FormData) => Promise<FormState> };

/** An act that asks once more; when it is refused, the reason stands beside its button. */
export function ActDialog({ action, ...dialog }: Props) {
  const [state, submit] = useActionState(action, idle);
  return (
    <div className="flex flex-col items-start gap-3">
      <FormErrors errors={errorsOf(state)} title="That was not done" />
      <ConfirmDialog {...dialog} action={submit} />
    </div>
  );
}
