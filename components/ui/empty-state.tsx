import { type ReactNode } from "react";
import { Icon } from "./icon";

export interface EmptyStateProps {
  icon: ReactNode;
  title: string;
  /** What would be here, and what to do next. */
  children?: ReactNode;
  action?: ReactNode;
}

/** Nothing here yet: says so, and says what to do next. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="grid justify-items-center rounded-lg border border-dashed border-line-strong px-6 py-12 text-center">
      <span className="grid size-12 place-items-center rounded-full bg-accent-soft text-accent">
        <Icon size="xl">{icon}</Icon>
      </span>
      <p className="mt-4 font-serif text-xl font-medium text-ink">{title}</p>
      {children ? <div className="mt-1.5 max-w-md text-muted">{children}</div> : null}
      {action ? <div className="mt-5 flex flex-wrap justify-center gap-2.5">{action}</div> : null}
    </div>
  );
}
