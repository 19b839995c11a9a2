import { Minus, TrendingDown, TrendingUp } from "lucide-react";
import { type ReactNode } from "react";
import { classNames } from "./class-names";
import { Icon } from "./icon";
import { Sparkline } from "./sparkline";
import { type Tone, toneText } from "./tone";

export interface StatProps {
  label: string;
  value: ReactNode;
  hint?: ReactNode;
  href?: string | undefined;
  icon?: ReactNode;
  trend?: { text: string; direction: "up" | "down" | "flat"; tone?: Tone | undefined } | undefined;
  /** Its course until now, oldest first. */
  spark?: readonly number[] | undefined;
}

const arrows = { up: <TrendingUp />, down: <TrendingDown />, flat: <Minus /> } as const;

/** One number that matters. With `href` the whole of it is a link. */
export function Stat({ label, value, hint, href, icon, trend, spark }: StatProps) {
  return (
    <div className={classNames("relative flex min-w-0 flex-col bg-surface p-5", href && "transition-colors hover:bg-hover")}>
      <p className="flex items-center gap-2 text-sm text-muted">
        {icon ? <Icon size="sm">{icon}</Icon> : null}
        {href === undefined ? label : <a href={href} className="after:absolute after:inset-0 hover:text-ink">{label}</a>}
      </p>
      <div className="mt-1.5 flex items-end justify-between gap-3">
        <p className="tabular font-serif text-3xl font-medium tracking-[-0.015em] text-ink">{value}</p>
        {spark ? <Sparkline label={`${label} over time`} values={spark} className="mb-1.5 h-8 w-24 shrink-0" /> : null}
      </div>
      {trend ? (
        <p className={classNames("mt-1 flex items-center gap-1.5 text-sm font-medium", toneText[trend.tone ?? "neutral"])}>
          <Icon size="sm">{arrows[trend.direction]}</Icon>
          {trend.text}
        </p>
      ) : null}
      {hint ? <p className="mt-1 text-sm text-muted">{hint}</p> : null}
    </div>
  );
}

/** Stats side by side, hairlines between them. */
export function StatRow({ children }: { children: ReactNode }) {
  return (
    <div className="grid grid-cols-[repeat(auto-fit,minmax(min(13rem,100%),1fr))] gap-px overflow-clip rounded-lg border border-line bg-line shadow-sm">
      {children}
    </div>
  );
}
