"use client";

import type { ReactNode } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { Notice } from "@/components/ui/notice";

/** A secret at the one moment it can be seen, with a button to copy it. */
export function ShownOnce({ title, text, what, children }: { title: string; text: string; what: "link" | "key" | "secret"; children: ReactNode }) {
  return (
    <Notice tone="success" title={title} result>
      <p>{children}</p>
      <div className="mt-3 flex flex-wrap items-center gap-2">
        <code className="min-w-0 grow basis-64 select-all rounded-sm border border-line bg-surface px-2.5 py-1.5 font-mono text-sm text-ink [overflow-wrap:anywhere]">{text}</code>
        <CopyButton text={text} label={`Copy ${what}`} />
      </div>
    </Notice>
  );
}
