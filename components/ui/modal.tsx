"use client";

import { type ReactNode, type RefObject } from "react";
import { ButtonContent, type ButtonLook, buttonClass } from "./button-look";

/** The button that opens a dialog. */
export interface TriggerLook {
  trigger: string;
  triggerVariant?: ButtonLook["variant"];
  triggerSize?: ButtonLook["size"];
  triggerIcon?: ReactNode;
}

export interface ModalProps extends TriggerLook {
  id: string;
  dialog: RefObject<HTMLDialogElement | null>;
  title: ReactNode;
  description?: ReactNode;
  children: ReactNode;
}

/**
 * The browser's own modal dialog, for what is about to happen and wants a yes: it holds the focus, closes on Escape and gives the
 * focus back. `command` opens it before and without our script; a browser that does
 * not know it yet is helped by the click.
 */
export function Modal({ id, dialog, title, description, trigger, triggerVariant, triggerSize, triggerIcon, children }: ModalProps) {
  const open = () => {
    if (!("commandForElement" in HTMLButtonElement.prototype)) dialog.current?.showModal();
  };
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        className={buttonClass({ variant: triggerVariant, size: triggerSize })}
        onClick={open}
        {...{ commandfor: id, command: "show-modal" }}
      >
        <ButtonContent icon={triggerIcon}>{trigger}</ButtonContent>
      </button>
      <dialog
        id={id}
        ref={dialog}
        role="alertdialog"
        aria-labelledby={`${id}-title`}
        {...(description ? { "aria-describedby": `${id}-description` } : {})}
        closedby="closerequest"
        className="modal"
      >
        <div className="p-6 sm:p-7">
          <h2 id={`${id}-title`} className="font-serif text-xl font-medium text-ink">{title}</h2>
          {description ? <div id={`${id}-description`} className="mt-2 text-muted">{description}</div> : null}
          {children}
        </div>
      </dialog>
    </>
  );
}
