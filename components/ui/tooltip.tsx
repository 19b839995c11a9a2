"use client";

import { Tooltip as Primitive } from "radix-ui";
import { type ReactNode } from "react";

export interface TooltipProps {
  text: string;
  /** One thing that can have the focus: a button or a link. */
  children: ReactNode;
}

/** A few more words on hover and focus. Never the only place of something that matters. */
export function Tooltip({ text, children }: TooltipProps) {
  return (
    <Primitive.Provider delayDuration={300}>
      <Primitive.Root>
        <Primitive.Trigger asChild>{children}</Primitive.Trigger>
        <Primitive.Portal>
          <Primitive.Content
            sideOffset={6}
            collisionPadding={12}
            className="z-50 max-w-72 rounded-md border border-line-strong bg-raised px-3 py-1.5 text-sm text-ink shadow-md"
          >
            {text}
          </Primitive.Content>
        </Primitive.Portal>
      </Primitive.Root>
    </Primitive.Provider>
  );
}
