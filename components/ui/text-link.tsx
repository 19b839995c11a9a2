import { ArrowUpRight } from "lucide-react";
import { type ReactNode } from "react";
import { classNames } from "./class-names";
import { Icon } from "./icon";
import { VisuallyHidden } from "./visually-hidden";

export interface TextLinkProps {
  href: string;
  children: ReactNode;
  /** In lists and tables, where the place already says that it is a link. */
  quiet?: boolean | undefined;
  /** Leaves this site: opens a new tab and says so. */
  external?: boolean | undefined;
  className?: string | undefined;
}

/** A link inside text. */
export function TextLink({ href, children, quiet, external, className }: TextLinkProps) {
  const look = classNames(
    "rounded-xs underline-offset-[0.2em] transition-colors",
    quiet
      ? "font-medium text-ink hover:text-accent hover:underline"
      : "text-accent underline decoration-accent-line hover:decoration-current",
    className,
  );
  if (!external) return <a href={href} className={look}>{children}</a>;
  return (
    <a href={href} className={look} target="_blank" rel="noopener noreferrer">
      {children}
      <Icon size="xs" className="ml-0.5 align-[-0.1em]"><ArrowUpRight /></Icon>
      <VisuallyHidden> (opens in a new tab)</VisuallyHidden>
    </a>
  );
}
