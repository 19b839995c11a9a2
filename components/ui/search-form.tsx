import { Search } from "lucide-react";
import { type ReactNode } from "react";
import { Button } from "./button";
import { Icon } from "./icon";

export interface SearchFormProps {
  /** Where the words go, as a query of the address: results can be kept and shared. */
  action: string;
  name?: string | undefined;
  label: string;
  defaultValue?: string | undefined;
  placeholder?: string | undefined;
  submitLabel?: string | undefined;
  /** More controls, or hidden inputs that keep other filters. */
  children?: ReactNode;
}

/** Search by a plain GET form. */
export function SearchForm({ action, name = "q", label, defaultValue, placeholder, submitLabel = "Search", children }: SearchFormProps) {
  return (
    <form role="search" action={action} method="get" className="flex flex-wrap items-end gap-2.5">
      <div className="relative min-w-56 flex-1 sm:max-w-sm">
        <Icon size="sm" className="pointer-events-none absolute inset-y-0 left-3 text-muted"><Search /></Icon>
        <input type="search" name={name} aria-label={label} defaultValue={defaultValue} placeholder={placeholder ?? label} className="control pl-9" />
      </div>
      {children}
      <Button type="submit">{submitLabel}</Button>
    </form>
  );
}
