import { type ReactNode } from "react";

/** A key on the keyboard. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-block min-w-5 rounded-xs border border-line-strong bg-sunken px-1.5 text-center font-sans text-xs text-muted">
      {children}
    </kbd>
  );
}
