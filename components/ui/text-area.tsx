import { type ComponentProps } from "react";
import { classNames } from "./class-names";
import { Field, type FieldWords } from "./field";

export type TextAreaProps = ComponentProps<"textarea"> & {
  /** For Markdown and JSON. */
  mono?: boolean | undefined;
};

/** A bare box of text; most forms want `TextAreaField`. */
export function TextArea({ mono, className, rows = 4, ...rest }: TextAreaProps) {
  return <textarea rows={rows} className={classNames("control resize-y", mono && "font-mono text-sm", className)} {...rest} />;
}

export type TextAreaFieldProps = FieldWords & Omit<TextAreaProps, keyof FieldWords>;

/** A labelled box of text. */
export function TextAreaField({ label, id, name, hint, error, required, optional, hideLabel, className, ...area }: TextAreaFieldProps) {
  return (
    <Field {...{ label, id, name, hint, error, required, optional, hideLabel, className }}>
      {(control) => <TextArea {...area} {...control} />}
    </Field>
  );
}
