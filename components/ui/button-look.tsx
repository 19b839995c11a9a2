import { type ReactNode } from "react";
import { classNames } from "./class-names";
import { Icon } from "./icon";

/** `choice` is for answers: a yes and a no that look alike. */
export type ButtonVariant = "primary" | "secondary" | "quiet" | "danger" | "danger-quiet" | "choice";
export type ButtonSize = "sm" | "md" | "lg";

/** What every button-shaped thing can be told about its looks. */
export interface ButtonLook {
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
  icon?: ReactNode;
  iconEnd?: ReactNode;
  /** Fills the width of its parent. */
  full?: boolean | undefined;
  className?: string | undefined;
}

const variants: Record<ButtonVariant, string> = {
  primary:
    "border-transparent bg-accent-solid text-on-accent shadow-sm hover:bg-accent-solid-hover forced-colors:border-current",
  secondary: "border-control bg-surface text-ink shadow-sm hover:border-ink hover:bg-hover",
  quiet: "border-transparent text-ink hover:bg-hover forced-colors:border-current",
  danger: "border-transparent bg-bad-solid text-on-bad shadow-sm hover:bg-bad-solid-hover forced-colors:border-current",
  "danger-quiet": "border-transparent text-bad hover:bg-bad-soft forced-colors:border-current",
  choice: "border-accent bg-surface text-accent shadow-sm hover:bg-accent-soft",
};

const sizes: Record<ButtonSize, string> = {
  sm: "min-h-8 gap-1.5 px-3 py-1 text-sm pointer-coarse:min-h-10",
  md: "min-h-10 gap-2 px-4 py-1.5 text-sm pointer-coarse:min-h-11",
  lg: "min-h-12 gap-2.5 px-6 py-2 text-base",
};

/** The class names of a button, a link-button or a submit button. */
export function buttonClass({ variant = "secondary", size = "md", full, className }: ButtonLook): string {
  return classNames(
    "inline-flex select-none items-center justify-center rounded-md border text-center font-medium leading-snug no-underline",
    "transition-[background-color,border-color,color] duration-150",
    "disabled:cursor-not-allowed disabled:border-dashed disabled:border-control disabled:bg-sunken disabled:text-muted disabled:shadow-none",
    "aria-disabled:cursor-progress",
    variants[variant],
    sizes[size],
    full && "w-full",
    className,
  );
}

/** A button's inside: icon, words, icon. */
export function ButtonContent({ icon, iconEnd, children }: { icon?: ReactNode; iconEnd?: ReactNode; children: ReactNode }) {
  return (
    <>
      {icon ? <Icon size="sm">{icon}</Icon> : null}
      <span>{children}</span>
      {iconEnd ? <Icon size="sm">{iconEnd}</Icon> : null}
    </>
  );
}
