import { type ReactNode } from "react";
import { classNames } from "./class-names";

export interface FormActionsProps {
  children: ReactNode;
  /** What pressing does, in words, beside the buttons. */
  note?: ReactNode;
  align?: "start" | "end" | undefined;
}

/** The buttons at the foot of a form. */
export function FormActions({ children, note, align = "start" }: FormActionsProps) {
  return (
    <div className={classNames("flex flex-wrap items-center gap-3 pt-2", align === "end" && "justify-end")}>
      {children}
      {note ? <p className="text-sm text-muted">{note}</p> : null}
    </div>
  );
}
