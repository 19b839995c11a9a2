import { type ComponentProps, type ReactNode } from "react";
import { classNames } from "./class-names";
import { Icon } from "./icon";

export type IconButtonProps = { label: string; icon: ReactNode } & Omit<ComponentProps<"button">, "children">;

/** A button that shows only an icon; `label` is its name for everybody else. */
export function IconButton({ label, icon, className, type = "button", ...rest }: IconButtonProps) {
  return (
    <button
      type={type}
      aria-label={label}
      title={label}
      className={classNames(
        "inline-flex size-9 shrink-0 items-center justify-center rounded-md text-muted transition-colors hover:bg-hover hover:text-ink pointer-coarse:size-11",
        className,
      )}
      {...rest}
    >
      <Icon>{icon}</Icon>
    </button>
  );
}
