import { ChevronDown } from "lucide-react";
import { type ComponentProps } from "react";
import { classNames } from "./class-names";
import { Field, type FieldWords } from "./field";
import { Icon } from "./icon";

export interface SelectOption {
  value: string;
  label: string;
  disabled?: boolean | undefined;
}

export interface SelectOptionGroup {
  label: string;
  options: readonly SelectOption[];
}

export type SelectProps = Omit<ComponentProps<"select">, "children" | "multiple"> & {
  options: readonly (SelectOption | SelectOptionGroup)[];
  /** An empty first choice: "Choose a purpose". */
  placeholder?: string | undefined;
};

function OptionRow({ value, label, disabled }: SelectOption) {
  return <option value={value} disabled={disabled}>{label}</option>;
}

/** A bare native select; most forms want `SelectField`. */
export function Select({ options, placeholder, className, ...rest }: SelectProps) {
  // A select does not learn a new default when React resets the form: a new one does.
  const fresh = String(rest.defaultValue ?? "");
  return (
    <div className="relative">
      <select key={fresh} className={classNames("control", className)} {...rest}>
        {placeholder === undefined ? null : <option value="">{placeholder}</option>}
        {options.map((option) =>
          "options" in option ? (
            <optgroup key={option.label} label={option.label}>
              {option.options.map((inner) => <OptionRow key={inner.value} {...inner} />)}
            </optgroup>
          ) : (
            <OptionRow key={option.value} {...option} />
          ),
        )}
      </select>
      <Icon size="sm" className="pointer-events-none absolute inset-y-0 right-3 text-muted"><ChevronDown /></Icon>
    </div>
  );
}

export type SelectFieldProps = FieldWords & Omit<SelectProps, keyof FieldWords>;

/** A labelled choice of one among a few words. */
export function SelectField({ label, id, name, hint, error, required, optional, hideLabel, className, ...select }: SelectFieldProps) {
  return (
    <Field {...{ label, id, name, hint, error, required, optional, hideLabel, className }}>
      {(control) => <Select {...select} {...control} />}
    </Field>
  );
}
