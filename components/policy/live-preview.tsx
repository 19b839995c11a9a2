"use client";

import { useEffect, useRef, useState } from "react";
import { Prose } from "@/components/ui/prose";
import { hideRepeatedTitle, repeatsTitle } from "./repeated-title";
import type { TextPreview } from "@/lib/contract/policy-views";

export type PreviewAction = (markdown: string) => Promise<TextPreview | null>;

/** Milliseconds without a key pressed before the preview follows. */
const pause = 350;

/** The text as it will be published, following what is written. Without a script it shows what was previewed last. */
export function LivePreview({ markdown, title, locale, first, preview }: { markdown: string; title: string; locale: string; first: string; preview: PreviewAction }) {
  const [html, setHtml] = useState(first);
  const [stale, setStale] = useState(false);
  const shown = useRef(markdown);
  const turn = useRef(0);
  useEffect(() => {
    if (shown.current === markdown) return;
    const mine = (turn.current += 1);
    const timer = setTimeout(() => {
      preview(markdown)
        .catch(() => null)
        .then((made) => {
          if (turn.current !== mine) return;
          shown.current = markdown;
          setStale(made === null);
          if (made) setHtml(made.html);
        });
    }, pause);
    return () => clearTimeout(timer);
  }, [markdown, preview]);
  return (
    <div className="rounded-lg border border-line bg-surface p-5 shadow-sm sm:p-7">
      <p className="mb-5 border-b border-line pb-4 font-serif text-2xl font-medium text-ink" lang={locale}>{title || "Untitled"}</p>
      {stale ? <p className="mb-4 text-sm text-warn" role="status">The preview could not follow. What you write is still here; save it to be safe.</p> : null}
      {html ? <Prose html={html} lang={locale} className={repeatsTitle(/^\s*<h2[^>]*>([^<]*)<\/h2>/.exec(html)?.[1], title) ? hideRepeatedTitle : undefined} /> : <p className="text-muted">What you write appears here as people will read it.</p>}
    </div>
  );
}
