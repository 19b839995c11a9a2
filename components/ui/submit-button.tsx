"use client";

import { LoaderCircle } from "lucide-react";
import { type ComponentProps } from "react";
import { useFormStatus } from "react-dom";
import { ButtonContent, type ButtonLook, buttonClass } from "./button-look";

export type SubmitButtonProps = ButtonLook & {
  /** Said while the form is on its way: "Publishing…". */
  pendingLabel?: string | undefined;
} & Omit<ComponentProps<"button">, keyof ButtonLook | "type" | "value"> & { value?: string | undefined };

/**
 * A form's own button. While the form is on its way it says so, keeps the focus
 * and refuses a second press. Of several with the same `name`, only the pressed one speaks.
 */
export function SubmitButton({
  variant = "primary",
  size,
  icon,
  iconEnd,
  full,
  className,
  pendingLabel,
  name,
  value,
  onClick,
  children,
  ...rest
}: SubmitButtonProps) {
  const { pending, data } = useFormStatus();
  const mine = pending && (name === undefined || data?.get(name) === (value ?? ""));
  return (
    <button
      type="submit"
      name={name}
      value={value}
      aria-disabled={pending || undefined}
      className={buttonClass({ variant, size, full, className })}
      onClick={(event) => {
        if (pending) event.preventDefault();
        else onClick?.(event);
      }}
      {...rest}
    >
      <ButtonContent icon={mine ? <LoaderCircle className="animate-spin" /> : icon} iconEnd={iconEnd}>
        {mine && pendingLabel ? pendingLabel : children}
      </ButtonContent>
    </button>
  );
}
