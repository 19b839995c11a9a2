import { Circle } from "lucide-react";
import { type ReactNode } from "react";
import { classNames } from "./class-names";
import { Icon } from "./icon";
import { type Tone, toneClass } from "./tone";

export interface TimelineItem {
  key: string;
  title: ReactNode;
  /** Usually a `<Time>`. */
  at?: ReactNode;
  icon?: ReactNode;
  tone?: Tone | undefined;
  children?: ReactNode;
}

/** What happened, in order. */
export function Timeline({ items, label }: { items: readonly TimelineItem[]; label?: string | undefined }) {
  return (
    <ol {...(label ? { "aria-label": label } : {})}>
      {items.map((item) => (
        <li key={item.key} className="group/item relative flex gap-4 pb-7 last:pb-0">
          <span aria-hidden="true" className="absolute bottom-0 left-[0.9375rem] top-8 w-px bg-line-strong group-last/item:hidden" />
          <span className={classNames("z-10 grid size-8 shrink-0 place-items-center rounded-full border", toneClass[item.tone ?? "neutral"])}>
            <Icon size="sm">{item.icon ?? <Circle />}</Icon>
          </span>
          <div className="min-w-0 flex-1 pt-1">
            <div className="flex flex-wrap items-baseline justify-between gap-x-4">
              <p className="font-medium text-ink">{item.title}</p>
              {item.at ? <p className="tabular text-sm text-muted">{item.at}</p> : null}
            </div>
            {item.children ? <div className="mt-1 text-muted">{item.children}</div> : null}
          </div>
        </li>
      ))}
    </ol>
  );
}
