import { type ReactNode } from "react";
import { classNames } from "./class-names";

export interface CardProps {
  children?: ReactNode;
  title?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  /** Under a hairline. */
  footer?: ReactNode;
  /** `none` for a table that reaches the edges. */
  padding?: "md" | "lg" | "none" | undefined;
  as?: "div" | "section" | "article" | "li" | undefined;
  tone?: "plain" | "sunken" | undefined;
  headingLevel?: 2 | 3 | undefined;
  id?: string | undefined;
  className?: string | undefined;
}

const pads = { md: "p-5", lg: "p-5 sm:p-7", none: "" } as const;

/** A sheet of paper on the desk. */
export function Card({ children, title, description, actions, footer, padding = "md", as: As = "div", tone = "plain", headingLevel = 2, id, className }: CardProps) {
  const Heading = headingLevel === 2 ? "h2" : "h3";
  const headed = title || actions;
  return (
    <As
      {...(id ? { id } : {})}
      className={classNames(
        "min-w-0 rounded-lg border border-line",
        tone === "plain" ? "bg-surface shadow-sm" : "bg-sunken",
        padding === "none" && "overflow-clip",
        className,
      )}
    >
      {headed ? (
        <div
          className={classNames(
            "flex flex-wrap items-start justify-between gap-x-6 gap-y-2",
            padding === "none" ? "border-b border-line px-5 py-4" : classNames(pads[padding], "pb-0 sm:pb-0"),
          )}
        >
          <div className="min-w-0">
            {title ? <Heading className="font-semibold text-ink">{title}</Heading> : null}
            {description ? <div className="mt-0.5 text-sm text-muted">{description}</div> : null}
          </div>
          {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
        </div>
      ) : null}
      {children ? <div className={classNames(pads[padding], headed && padding !== "none" ? "pt-4 sm:pt-4" : null)}>{children}</div> : null}
      {footer ? <div className="border-t border-line px-5 py-3.5 text-sm text-muted">{footer}</div> : null}
    </As>
  );
}
