import { type ComponentProps, type ReactNode } from "react";
import { controlProps, FieldError, FieldMark } from "./field";

export type CheckboxProps = {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  error?: string | readonly string[] | undefined;
} & Omit<ComponentProps<"input">, "name" | "type" | "className">;

/** One thing to tick. The whole line is the target. */
export function Checkbox({ name, id, label, hint, error, required, ...input }: CheckboxProps) {
  const control = controlProps({ id, name, hint, error, required });
  return (
    <div>
      <label htmlFor={control.id} className="-mx-2 flex items-start gap-3 rounded-md px-2 py-1.5 hover:bg-hover">
        <input type="checkbox" className="tick mt-[0.16rem]" {...input} {...control} />
        <span className="min-w-0">
          <span className="block text-base text-ink">
            {label}
            <FieldMark required={required} />
          </span>
          {hint ? <span id={`${control.id}-hint`} className="block text-sm text-muted">{hint}</span> : null}
        </span>
      </label>
      <FieldError id={`${control.id}-error`} error={error} />
    </div>
  );
}
