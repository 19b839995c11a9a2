import { type ComponentProps, type ReactNode } from "react";
import { classNames } from "./class-names";
import { Field, type FieldWords } from "./field";

type InputAttributes = Omit<ComponentProps<"input">, "prefix">;

export type TextInputProps = InputAttributes & {
  /** Words in the box before what is typed: "/policies/". */
  prefix?: ReactNode;
  /** Words after it: "months". */
  suffix?: ReactNode;
};

/** A bare line of text; most forms want `TextField`. */
export function TextInput({ prefix, suffix, className, type = "text", ...rest }: TextInputProps) {
  if (!prefix && !suffix) return <input type={type} className={classNames("control", className)} {...rest} />;
  return (
    <div className="flex w-full items-stretch">
      {prefix ? (
        <span className="flex items-center rounded-l-md border border-r-0 border-control bg-sunken px-3 text-sm text-muted">{prefix}</span>
      ) : null}
      <input
        type={type}
        className={classNames("control min-w-0 flex-1", prefix ? "rounded-l-none" : null, suffix ? "rounded-r-none" : null, className)}
        {...rest}
      />
      {suffix ? (
        <span className="flex items-center rounded-r-md border border-l-0 border-control bg-sunken px-3 text-sm text-muted">{suffix}</span>
      ) : null}
    </div>
  );
}

export type TextFieldProps = FieldWords & Omit<TextInputProps, keyof FieldWords>;

/** A labelled line of text, e-mail, number, password … */
export function TextField({ label, id, name, hint, error, required, optional, hideLabel, className, ...input }: TextFieldProps) {
  return (
    <Field {...{ label, id, name, hint, error, required, optional, hideLabel, className }}>
      {(control) => <TextInput {...input} {...control} />}
    </Field>
  );
}
