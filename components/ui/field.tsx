import { CircleAlert } from "lucide-react";
import { type ReactNode } from "react";
import { classNames } from "./class-names";
import { Icon } from "./icon";

/** What a field says around its control. `error` is what the form's parse found, in words. */
export interface FieldWords {
  label: ReactNode;
  /** The control's id; by default its name. Give one where two forms on a page share names. */
  id?: string | undefined;
  name: string;
  hint?: ReactNode;
  error?: string | readonly string[] | undefined;
  required?: boolean | undefined;
  /** Says "optional" beside the label, for the few that are. */
  optional?: boolean | undefined;
  hideLabel?: boolean | undefined;
  className?: string | undefined;
}

/** What the control inside a field must carry. */
export interface ControlProps {
  id: string;
  name: string;
  required?: boolean | undefined;
  "aria-describedby"?: string | undefined;
  "aria-invalid"?: true | undefined;
}

/** The messages of an error prop, one per line; empty when there is nothing wrong. */
export function messagesOf(error: string | readonly string[] | undefined): readonly string[] {
  if (error === undefined) return [];
  return typeof error === "string" ? (error === "" ? [] : [error]) : error;
}

/** The attributes that tie a control to its label, hint and error. */
export function controlProps({ id, name, hint, error, required }: Pick<FieldWords, "id" | "name" | "hint" | "error" | "required">): ControlProps {
  const own = id ?? name;
  const wrong = messagesOf(error).length > 0;
  const described = [hint ? `${own}-hint` : "", wrong ? `${own}-error` : ""].filter(Boolean).join(" ");
  return {
    id: own,
    name,
    ...(required ? { required: true } : {}),
    ...(described ? { "aria-describedby": described } : {}),
    ...(wrong ? { "aria-invalid": true } : {}),
  };
}

/** "required" or "optional", in words, because a star says nothing. */
export function FieldMark({ required, optional }: { required?: boolean | undefined; optional?: boolean | undefined }) {
  if (!required && !optional) return null;
  return <span className="ml-1.5 text-xs font-normal text-faint">{" "}{required ? "required" : "optional"}</span>;
}

/** What helps before anything is wrong. */
export function FieldHint({ id, children }: { id: string; children: ReactNode }) {
  return <div id={id} className="mt-0.5 text-sm text-muted">{children}</div>;
}

/** What is wrong, at the field, with an icon beside the words. */
export function FieldError({ id, error }: { id: string; error?: string | readonly string[] | undefined }) {
  const messages = messagesOf(error);
  if (messages.length === 0) return null;
  return (
    <div id={id} className="mt-1.5 space-y-0.5 text-sm font-medium text-bad">
      {messages.map((message) => (
        <p key={message} className="flex gap-1.5">
          <Icon size="sm" className="mt-[0.16rem] self-start"><CircleAlert /></Icon>
          <span>{message}</span>
        </p>
      ))}
    </div>
  );
}

export interface FieldProps extends FieldWords {
  children: (control: ControlProps) => ReactNode;
}

/** A label, a hint, a control and what is wrong with it: `<Field …>{(control) => <input {...control} />}</Field>`. */
export function Field({ label, id, name, hint, error, required, optional, hideLabel, className, children }: FieldProps) {
  const own = id ?? name;
  return (
    <div className={classNames("min-w-0", className)}>
      <label htmlFor={own} className={classNames("block text-sm font-medium text-ink", hideLabel && "sr-only")}>
        {label}
        <FieldMark required={required} optional={optional} />
      </label>
      {hint ? <FieldHint id={`${own}-hint`}>{hint}</FieldHint> : null}
      <div className={hideLabel && !hint ? undefined : "mt-1.5"}>{children(controlProps({ id, name, hint, error, required }))}</div>
      <FieldError id={`${own}-error`} error={error} />
    </div>
  );
}
