import { type ReactNode } from "react";
import { type Crumb, Breadcrumbs } from "./breadcrumbs";

export interface PageHeaderProps {
  title: ReactNode;
  /** What kind of thing this is: "Policy", "Data use". */
  eyebrow?: ReactNode;
  description?: ReactNode;
  /** A state beside the title. */
  badge?: ReactNode;
  actions?: ReactNode;
  breadcrumbs?: readonly Crumb[] | undefined;
}

/** The head of a page, with its only `<h1>`. */
export function PageHeader({ title, eyebrow, description, badge, actions, breadcrumbs }: PageHeaderProps) {
  return (
    <header className="mb-8">
      {breadcrumbs ? <Breadcrumbs items={breadcrumbs} /> : null}
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
        <div className="min-w-0 max-w-3xl">
          {eyebrow ? <p className="mb-1 text-sm font-medium text-accent">{eyebrow}</p> : null}
          <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
            <h1 className="min-w-0 font-serif text-2xl font-medium tracking-[-0.012em] text-ink sm:text-3xl">{title}</h1>
            {badge}
          </div>
          {description ? <div className="mt-2 text-base text-muted sm:text-lg">{description}</div> : null}
        </div>
        {actions ? <div className="flex flex-wrap items-center gap-2.5">{actions}</div> : null}
      </div>
    </header>
  );
}
