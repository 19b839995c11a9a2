import { type ComponentProps } from "react";
import { ButtonContent, type ButtonLook, buttonClass } from "./button-look";

export type LinkButtonProps = ButtonLook & Omit<ComponentProps<"a">, keyof ButtonLook | "href"> & { href: string };

/** A link that looks like a button: it goes somewhere, it changes nothing. */
export function LinkButton({ variant, size, icon, iconEnd, full, className, children, ...rest }: LinkButtonProps) {
  return (
    <a className={buttonClass({ variant, size, full, className })} {...rest}>
      <ButtonContent icon={icon} iconEnd={iconEnd}>{children}</ButtonContent>
    </a>
  );
}
