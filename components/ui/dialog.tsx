"use client";

import { type ReactNode, useId, useRef } from "react";
import { Modal, type TriggerLook } from "./modal";

export interface DialogProps extends TriggerLook {
  title: ReactNode;
  description?: ReactNode;
  wide?: boolean | undefined;
  children: ReactNode;
}

/** A button and the dialog that it opens. */
export function Dialog({ children, ...modal }: DialogProps) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <Modal id={id} dialog={dialog} role="dialog" {...modal}>
      <div className="mt-5">{children}</div>
    </Modal>
  );
}
