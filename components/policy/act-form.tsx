"use client";

import { type ReactNode, useActionState } from "react";
import { FormErrors } from "@/components/ui/form-errors";
import { SubmitButton, type SubmitButtonProps } from "@/components/ui/submit-button";
import { idle, type FormState } from "@/lib/contract/form";

export type PolicyAction = (before: FormState, form: FormData) => Promise<FormState>;

export type ActFormProps = {
  action: PolicyAction;
  /** Hidden inputs. */
  fields: Readonly<Record<string, string>>;
  label: string;
  pendingLabel?: string | undefined;
  variant?: SubmitButtonProps["variant"];
  size?: SubmitButtonProps["size"];
  icon?: ReactNode;
};

/** One button that does one thing, and says why when it cannot. */
export function ActForm({ action, fields, label, pendingLabel, variant, size, icon }: ActFormProps) {
  const [state, submit] = useActionState(action, idle);
  const errors = state.status !== "refused" ? [] : state.faults.length > 0 ? state.faults.map((fault) => ({ message: fault.message })) : [{ message: state.message }];
  return (
    <form action={submit} className="space-y-3">
      {Object.entries(fields).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
      <FormErrors errors={errors} />
      <SubmitButton variant={variant} size={size} icon={icon} pendingLabel={pendingLabel}>{label}</SubmitButton>
    </form>
  );
}
