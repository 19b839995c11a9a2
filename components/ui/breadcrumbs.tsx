import { ChevronRight } from "lucide-react";
import { Icon } from "./icon";

export interface Crumb {
  label: string;
  /** Without one it is where we are. */
  href?: string | undefined;
}

/** The way here. */
export function Breadcrumbs({ items }: { items: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb" className="mb-4">
      <ol className="flex flex-wrap items-center gap-x-1.5 gap-y-1 text-sm text-muted">
        {items.map((item, index) => (
          <li key={`${index} ${item.label}`} className="flex min-w-0 items-center gap-1.5">
            {index > 0 ? <Icon size="xs" className="text-faint"><ChevronRight /></Icon> : null}
            {item.href === undefined ? (
              <span aria-current="page" className="truncate text-ink">{item.label}</span>
            ) : (
              <a href={item.href} className="inline-block min-h-6 truncate rounded-xs leading-6 underline-offset-4 hover:text-ink hover:underline">{item.label}</a>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
