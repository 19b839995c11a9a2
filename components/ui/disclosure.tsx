import { ChevronRight } from "lucide-react";
import { type ReactNode } from "react";
import { Icon } from "./icon";

export interface DisclosureProps {
  summary: ReactNode;
  children: ReactNode;
  open?: boolean | undefined;
  /** Disclosures of one name: opening one closes the others. */
  name?: string | undefined;
  id?: string | undefined;
}

/** More, for who wants it. Its arrow turns with this one alone, whatever stands open around it. */
export function Disclosure({ summary, children, open, name, id }: DisclosureProps) {
  return (
    <details {...(id ? { id } : {})} {...(name ? { name } : {})} open={open}>
      <summary className="-mx-2 inline-flex min-h-9 items-center gap-1.5 rounded-md px-2 py-1 text-sm font-medium text-accent hover:bg-hover">
        <Icon size="sm" className="transition-transform [details[open]>summary>&]:rotate-90"><ChevronRight /></Icon>
        {summary}
      </summary>
      <div className="pt-3">{children}</div>
    </details>
  );
}
