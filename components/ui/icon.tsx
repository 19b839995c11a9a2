import { type ReactNode } from "react";
import { classNames } from "./class-names";

export type IconSize = "xs" | "sm" | "md" | "lg" | "xl";

const sizes: Record<IconSize, string> = {
  xs: "[&>svg]:size-3.5",
  sm: "[&>svg]:size-4",
  md: "[&>svg]:size-[1.125rem]",
  lg: "[&>svg]:size-5",
  xl: "[&>svg]:size-6",
};

export interface IconProps {
  /** A lucide element: `<Icon><Check /></Icon>`. */
  children: ReactNode;
  size?: IconSize | undefined;
  /** Only where no word stands beside the icon. */
  label?: string | undefined;
  className?: string | undefined;
}

/** Gives an icon its size and hides it from screen readers, because the word beside it speaks. */
export function Icon({ children, size = "md", label, className }: IconProps) {
  const look = classNames("inline-flex shrink-0 items-center justify-center", sizes[size], className);
  if (label === undefined) return <span aria-hidden="true" className={look}>{children}</span>;
  return <span role="img" aria-label={label} className={look}>{children}</span>;
}
