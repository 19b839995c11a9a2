import { Field, type FieldWords } from "./field";

export type DateTimeFieldProps = FieldWords & {
  /** An instant; shown and posted in UTC. A string must already be `YYYY-MM-DDTHH:mm` (or `YYYY-MM-DD`): what was typed. */
  defaultValue?: string | Date | undefined;
  min?: string | Date | undefined;
  max?: string | Date | undefined;
  /** A day without an hour. */
  dateOnly?: boolean | undefined;
};

function written(value: string | Date | undefined, dateOnly: boolean): string | undefined {
  if (value === undefined) return undefined;
  return typeof value === "string" ? value : value.toISOString().slice(0, dateOnly ? 10 : 16);
}

/**
 * The browser's own date and time. A form post carries no zone, so the field says
 * that it means UTC: everybody in the organisation then means the same moment.
 */
export function DateTimeField({ label, id, name, hint, error, required, optional, hideLabel, className, defaultValue, min, max, dateOnly = false }: DateTimeFieldProps) {
  const zone = dateOnly ? "Days begin at midnight UTC." : "Time in UTC.";
  const words = hint ? <>{hint} {zone}</> : zone;
  return (
    <Field {...{ label, id, name, error, required, optional, hideLabel, className }} hint={words}>
      {(control) => (
        <input
          type={dateOnly ? "date" : "datetime-local"}
          className="control tabular max-w-64"
          defaultValue={written(defaultValue, dateOnly)}
          min={written(min, dateOnly)}
          max={written(max, dateOnly)}
          {...control}
        />
      )}
    </Field>
  );
}
