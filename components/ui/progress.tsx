export interface ProgressProps {
  label: string;
  /** Without one, how far it is is not known. */
  value?: number | undefined;
  max?: number | undefined;
  hideLabel?: boolean | undefined;
  /** In words: "1,204 of 2,000 entries". */
  detail?: string | undefined;
}

/** How far something is: the browser's own progress element. */
export function Progress({ label, value, max = 100, hideLabel, detail }: ProgressProps) {
  return (
    <label className="block">
      <span className={hideLabel ? "sr-only" : "mb-1.5 flex justify-between gap-4 text-sm"}>
        <span className="font-medium text-ink">{label}</span>
        {detail ? <span className="tabular text-muted">{detail}</span> : null}
      </span>
      <progress max={max} {...(value === undefined ? {} : { value })} className="progress" />
    </label>
  );
}
