import { type ReactNode } from "react";
import { classNames } from "./class-names";
import { FieldError, FieldHint, FieldMark, messagesOf } from "./field";

export interface FieldsetProps {
  legend: ReactNode;
  /** Id of the group; the errors at the top of a form link to it. */
  name?: string | undefined;
  hint?: ReactNode;
  error?: string | readonly string[] | undefined;
  required?: boolean | undefined;
  optional?: boolean | undefined;
  hideLegend?: boolean | undefined;
  className?: string | undefined;
  children: ReactNode;
}

/** Several controls that answer one question together. */
export function Fieldset({ legend, name, hint, error, required, optional, hideLegend, className, children }: FieldsetProps) {
  const wrong = messagesOf(error).length > 0;
  const described = name ? [hint ? `${name}-hint` : "", wrong ? `${name}-error` : ""].filter(Boolean).join(" ") : "";
  return (
    <fieldset
      {...(name ? { id: name, tabIndex: -1 } : {})}
      {...(described ? { "aria-describedby": described } : {})}
      className={classNames("min-w-0", className)}
    >
      <legend className={classNames("text-sm font-medium text-ink", hideLegend && "sr-only")}>
        {legend}
        <FieldMark required={required} optional={optional} />
      </legend>
      {hint ? <FieldHint id={`${name ?? "group"}-hint`}>{hint}</FieldHint> : null}
      <div className={hideLegend && !hint ? undefined : "mt-2"}>{children}</div>
      <FieldError id={`${name ?? "group"}-error`} error={error} />
    </fieldset>
  );
}
