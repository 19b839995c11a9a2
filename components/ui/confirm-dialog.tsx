"use client";

import { type ReactNode, type RefObject, useEffect, useId, useRef } from "react";
import { useFormStatus } from "react-dom";
import { Modal, type TriggerLook } from "./modal";
import { buttonClass } from "./button-look";
import { SubmitButton } from "./submit-button";

export interface ConfirmDialogProps extends TriggerLook {
  title: ReactNode;
  /** What will happen, and what will not. */
  description?: ReactNode;
  confirmLabel: string;
  cancelLabel?: string | undefined;
  pendingLabel?: string | undefined;
  tone?: "primary" | "danger" | undefined;
  /** Where the form goes: an address, or a server action. */
  action: string | ((formData: FormData) => void | Promise<void>);
  /** Hidden inputs. */
  fields?: Readonly<Record<string, string>> | undefined;
  /** More to fill in before the yes. */
  children?: ReactNode;
}

/** Closes the dialog when its form has been answered; the page says what came of it. */
function CloseWhenDone({ dialog }: { dialog: RefObject<HTMLDialogElement | null> }) {
  const { pending } = useFormStatus();
  const was = useRef(false);
  useEffect(() => {
    if (was.current && !pending) dialog.current?.close();
    was.current = pending;
  }, [pending, dialog]);
  return null;
}

/** A button that asks once more before it does what it says. Cancel comes first and takes the focus. */
export function ConfirmDialog({ confirmLabel, cancelLabel = "Cancel", pendingLabel, tone = "primary", action, fields, children, ...modal }: ConfirmDialogProps) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <Modal id={id} dialog={dialog} {...modal}>
      <form action={action} {...(typeof action === "string" ? { method: "post" } : {})} className="mt-5">
        {Object.entries(fields ?? {}).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
        {children ? <div className="mb-6 space-y-4">{children}</div> : null}
        <div className="flex flex-wrap justify-end gap-2.5">
          <button
            type="button"
            className={buttonClass({ variant: "secondary" })}
            onClick={() => dialog.current?.close()}
            {...{ commandfor: id, command: "close" }}
          >
            {cancelLabel}
          </button>
          <SubmitButton variant={tone} pendingLabel={pendingLabel}>{confirmLabel}</SubmitButton>
        </div>
        <CloseWhenDone dialog={dialog} />
      </form>
    </Modal>
  );
}
