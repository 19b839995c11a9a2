import { type ReactNode } from "react";
import { Checkbox } from "./checkbox";
import { classNames } from "./class-names";
import { Fieldset } from "./fieldset";

export interface CheckboxOption {
  value: string;
  label: ReactNode;
  hint?: ReactNode;
  disabled?: boolean | undefined;
}

export interface CheckboxGroupProps {
  legend: ReactNode;
  /** Posted once per ticked value: read it with `formData.getAll(name)`. */
  name: string;
  options: readonly CheckboxOption[];
  defaultValue?: readonly string[] | undefined;
  hint?: ReactNode;
  error?: string | readonly string[] | undefined;
  required?: boolean | undefined;
  optional?: boolean | undefined;
  hideLegend?: boolean | undefined;
  columns?: 1 | 2 | 3 | undefined;
}

const grid = { 1: "grid-cols-1", 2: "grid-cols-1 sm:grid-cols-2", 3: "grid-cols-1 sm:grid-cols-2 lg:grid-cols-3" } as const;

/** Any number of a few things. */
export function CheckboxGroup({ name, options, defaultValue = [], columns = 1, ...fieldset }: CheckboxGroupProps) {
  return (
    <Fieldset name={name} {...fieldset}>
      <div className={classNames("grid gap-x-6 gap-y-1", grid[columns])}>
        {options.map((option) => (
          <Checkbox
            key={option.value}
            id={`${name}-${option.value}`}
            name={name}
            value={option.value}
            label={option.label}
            hint={option.hint}
            disabled={option.disabled}
            defaultChecked={defaultValue.includes(option.value)}
          />
        ))}
      </div>
    </Fieldset>
  );
}
