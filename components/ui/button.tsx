import { type ComponentProps } from "react";
import { ButtonContent, type ButtonLook, buttonClass } from "./button-look";

export type ButtonProps = ButtonLook & Omit<ComponentProps<"button">, keyof ButtonLook>;

/** A button. Its type is `button` unless told; a form's own button is `SubmitButton`. */
export function Button({ variant, size, icon, iconEnd, full, className, type = "button", children, ...rest }: ButtonProps) {
  return (
    <button type={type} className={buttonClass({ variant, size, full, className })} {...rest}>
      <ButtonContent icon={icon} iconEnd={iconEnd}>{children}</ButtonContent>
    </button>
  );
}
