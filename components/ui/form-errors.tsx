"use client";

import { CircleAlert } from "lucide-react";
import { useEffect, useRef } from "react";
import { Icon } from "./icon";

export interface FormError {
  /** Id of the field it is about; without one it is about the whole form. */
  field?: string | undefined;
  message: string;
}

export interface FormErrorsProps {
  errors: readonly FormError[];
  title?: string | undefined;
}

/**
 * What stopped a form, above it: takes the focus when it appears, and each line leads
 * to its field (WCAG 2.2, 3.3.1). Nothing when there is nothing wrong.
 */
export function FormErrors({ errors, title }: FormErrorsProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (errors.length > 0) box.current?.focus();
  }, [errors]);
  if (errors.length === 0) return null;
  const heading = title ?? (errors.length === 1 ? "One thing to put right" : `${errors.length} things to put right`);
  return (
    <div ref={box} tabIndex={-1} role="alert" className="rounded-lg border border-bad-line bg-bad-soft p-4">
      <p className="flex items-center gap-2 font-medium text-bad">
        <Icon><CircleAlert /></Icon>
        {heading}
      </p>
      <ul className="mt-1.5 space-y-0.5 pl-[1.625rem] text-ink">
        {errors.map((error) => (
          <li key={`${error.field ?? ""} ${error.message}`}>
            {error.field === undefined ? (
              error.message
            ) : (
              <a href={`#${error.field}`} className="inline-block min-h-6 underline decoration-bad-line underline-offset-[0.2em] hover:decoration-current">
                {error.message}
              </a>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
