import { type ReactNode } from "react";
import { classNames } from "./class-names";

export interface KeyValue {
  label: string;
  value: ReactNode;
  hint?: ReactNode;
}

export interface KeyValuesProps {
  items: readonly KeyValue[];
  /** `rows`: label beside value, under hairlines. `grid`: side by side. `stacked`: label above value. */
  layout?: "rows" | "grid" | "stacked" | undefined;
}

/** Facts about one thing. */
export function KeyValues({ items, layout = "rows" }: KeyValuesProps) {
  return (
    <dl
      className={classNames(
        layout === "rows" && "divide-y divide-line",
        layout === "grid" && "grid grid-cols-[repeat(auto-fill,minmax(min(12rem,100%),1fr))] gap-x-8 gap-y-5",
        layout === "stacked" && "space-y-4",
      )}
    >
      {items.map((item) => (
        <div
          key={item.label}
          className={classNames("min-w-0", layout === "rows" && "grid gap-x-6 gap-y-0.5 py-3 first:pt-0 last:pb-0 sm:grid-cols-[minmax(9rem,14rem)_1fr]")}
        >
          <dt className="text-sm text-muted">{item.label}</dt>
          <dd className="min-w-0 text-ink">
            {item.value}
            {item.hint ? <span className="mt-0.5 block text-sm text-muted">{item.hint}</span> : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}
