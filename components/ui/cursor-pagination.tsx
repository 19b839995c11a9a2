import { ChevronLeft, ChevronRight } from "lucide-react";
import { type ReactNode } from "react";
import { LinkButton } from "./link-button";

export interface CursorPaginationProps {
  newerHref?: string | undefined;
  olderHref?: string | undefined;
  /** "50 people", "1–50 of 2,000". */
  summary?: ReactNode;
  /** Name of the navigation, when a page has two. */
  label?: string | undefined;
  newerLabel?: string | undefined;
  olderLabel?: string | undefined;
}

/** The way through a long list, by cursor. Nothing when it all fits on one page and there is nothing to say. */
export function CursorPagination({ newerHref, olderHref, summary, label = "Pages", newerLabel = "Newer", olderLabel = "Older" }: CursorPaginationProps) {
  if (newerHref === undefined && olderHref === undefined && !summary) return null;
  return (
    <nav aria-label={label} className="mt-4 flex flex-wrap items-center justify-between gap-3">
      <p className="tabular text-sm text-muted">{summary}</p>
      <div className="flex gap-2">
        {newerHref === undefined ? null : <LinkButton size="sm" href={newerHref} rel="prev" icon={<ChevronLeft />}>{newerLabel}</LinkButton>}
        {olderHref === undefined ? null : <LinkButton size="sm" href={olderHref} rel="next" iconEnd={<ChevronRight />}>{olderLabel}</LinkButton>}
      </div>
    </nav>
  );
}
