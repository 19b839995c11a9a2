"use client";

import { type ReactNode, useActionState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { FormErrors } from "@/components/ui/form-errors";
import { idle } from "@/lib/contract/form";
import type { PolicyAction } from "./act-form";
import { troubleOf } from "./form-trouble";

export type ConfirmFormProps = {
  action: PolicyAction;
  fields: Readonly<Record<string, string>>;
  label: string;
  icon?: ReactNode;
  title: string;
  description: string;
  confirmLabel: string;
  size?: "sm" | "md" | undefined;
};

/** Something that cannot be taken back: asked once more, and what stopped it is said beside the button. */
export function ConfirmForm({ action, fields, label, icon, title, description, confirmLabel, size = "md" }: ConfirmFormProps) {
  const [state, submit] = useActionState(action, idle);
  return (
    <div className="space-y-3">
      <FormErrors errors={troubleOf(state, [])} />
      <ConfirmDialog trigger={label} triggerSize={size} triggerVariant="quiet" triggerIcon={icon} title={title} description={description} confirmLabel={confirmLabel} tone="danger" action={submit} fields={fields} />
    </div>
  );
}
