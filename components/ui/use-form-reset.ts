import { type RefObject, useEffect, useState } from "react";

/**
 * How often the form around an element was reset. React resets a form after its action,
 * and a control that keeps its own state has to begin anew then, as native ones do.
 */
export function useFormReset(element: RefObject<HTMLElement | null>): number {
  const [resets, setResets] = useState(0);
  useEffect(() => {
    const form = element.current?.closest("form");
    if (!form) return;
    const count = () => setResets((before) => before + 1);
    form.addEventListener("reset", count);
    return () => form.removeEventListener("reset", count);
  }, [element]);
  return resets;
}
