import { type ReactNode, useId } from "react";

export interface SectionProps {
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  id?: string | undefined;
  level?: 2 | 3 | undefined;
  children: ReactNode;
}

/** A titled part of a page. Sections keep their distance from each other by themselves. */
export function Section({ title, description, actions, id, level = 2, children }: SectionProps) {
  const own = useId();
  const heading = `${id ?? own}-title`;
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <section {...(id ? { id } : {})} aria-labelledby={heading} className={level === 2 ? "mt-10 first:mt-0" : "mt-7 first:mt-0"}>
      <div className="mb-4 flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
        <div className="min-w-0 max-w-2xl">
          <Heading id={heading} className={level === 2 ? "text-lg font-semibold tracking-[-0.008em] text-ink" : "text-base font-semibold text-ink"}>
            {title}
          </Heading>
          {description ? <div className="mt-0.5 text-sm text-muted">{description}</div> : null}
        </div>
        {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
      </div>
      {children}
    </section>
  );
}
