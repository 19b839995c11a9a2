import { type ReactNode } from "react";
import { classNames } from "./class-names";
import { Icon } from "./icon";
import { type Tone, toneClass } from "./tone";

export interface BadgeProps {
  tone?: Tone | undefined;
  icon?: ReactNode;
  children: ReactNode;
  size?: "sm" | "md" | undefined;
}

/** A small label. For a state of something, `StatusBadge` knows icon and word. */
export function Badge({ tone = "neutral", icon, children, size = "md" }: BadgeProps) {
  return (
    <span
      className={classNames(
        "inline-flex max-w-full items-center gap-1.5 rounded-sm border font-medium align-middle sm:whitespace-nowrap",
        size === "md" ? "px-2 py-0.5 text-sm leading-5" : "px-1.5 text-xs leading-5",
        toneClass[tone],
      )}
    >
      {icon ? <Icon size={size === "md" ? "sm" : "xs"}>{icon}</Icon> : null}
      <span>{children}</span>
    </span>
  );
}
