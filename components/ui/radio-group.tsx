import { type ReactNode } from "react";
import { classNames } from "./class-names";
import { Fieldset } from "./fieldset";
import { Icon } from "./icon";

export interface RadioOption {
  value: string;
  label: ReactNode;
  hint?: ReactNode;
  icon?: ReactNode;
  disabled?: boolean | undefined;
}

export interface RadioGroupProps {
  legend: ReactNode;
  name: string;
  options: readonly RadioOption[];
  defaultValue?: string | undefined;
  layout?: "cards" | "list" | undefined;
  columns?: 1 | 2 | 3 | undefined;
  hint?: ReactNode;
  error?: string | readonly string[] | undefined;
  required?: boolean | undefined;
  optional?: boolean | undefined;
  hideLegend?: boolean | undefined;
}

const grid = { 1: "grid-cols-1", 2: "grid-cols-1 sm:grid-cols-2", 3: "grid-cols-1 sm:grid-cols-3" } as const;

/** One of a few things, each with room to explain itself. Native radios: arrow keys and forms just work. */
export function RadioGroup({ name, options, defaultValue, layout = "cards", columns = 1, required, ...fieldset }: RadioGroupProps) {
  const card = layout === "cards";
  return (
    <Fieldset name={name} required={required} {...fieldset}>
      <div className={classNames("grid", card ? "gap-2.5" : "gap-1", grid[columns])}>
        {options.map((option) => {
          const id = `${name}-${option.value}`;
          return (
            <label
              key={option.value}
              htmlFor={id}
              className={classNames(
                "flex items-start gap-3 rounded-lg transition-colors",
                card
                  ? "border border-control bg-surface p-4 hover:border-ink has-checked:border-accent has-checked:bg-accent-soft has-checked:shadow-[inset_0_0_0_1px_var(--accent)] has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus"
                  : "-mx-2 px-2 py-1.5 hover:bg-hover",
                option.disabled && "border-dashed",
              )}
            >
              <input
                type="radio"
                id={id}
                name={name}
                value={option.value}
                defaultChecked={defaultValue === option.value}
                disabled={option.disabled}
                required={required}
                {...(option.hint ? { "aria-describedby": `${id}-hint` } : {})}
                className={classNames("tick mt-[0.16rem]", card && "focus-visible:outline-none")}
              />
              <span className="min-w-0 flex-1">
                <span className={classNames("block font-medium", option.disabled ? "text-muted" : "text-ink")}>{option.label}</span>
                {option.hint ? <span id={`${id}-hint`} className="mt-0.5 block text-sm text-muted">{option.hint}</span> : null}
              </span>
              {option.icon ? <Icon className="mt-0.5 text-muted">{option.icon}</Icon> : null}
            </label>
          );
        })}
      </div>
    </Fieldset>
  );
}
