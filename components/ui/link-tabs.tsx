import { type ReactNode } from "react";
import { classNames } from "./class-names";
import { Icon } from "./icon";

export interface LinkTab {
  href: string;
  label: string;
  /** The language of the label, where it is not the page's. */
  lang?: string | undefined;
  count?: number | undefined;
  icon?: ReactNode;
}

/** Parts of one thing, each with its own address. They are links, and say so. */
export function LinkTabs({ label, tabs, current }: { label: string; tabs: readonly LinkTab[]; current: string }) {
  return (
    <nav aria-label={label} className="mb-7 border-b border-line">
      <ul className="-mb-px flex flex-wrap gap-x-6">
        {tabs.map((tab) => {
          const here = tab.href === current;
          return (
            <li key={tab.href}>
              <a
                href={tab.href}
                {...(here ? { "aria-current": "page" as const } : {})}
                className={classNames(
                  "flex min-h-11 items-center gap-2 border-b-2 text-sm transition-colors",
                  here ? "border-accent font-semibold text-ink" : "border-transparent font-medium text-muted hover:border-line-strong hover:text-ink",
                )}
              >
                {tab.icon ? <Icon size="sm">{tab.icon}</Icon> : null}
                {tab.lang === undefined ? tab.label : <span lang={tab.lang}>{tab.label}</span>}
                {tab.count === undefined ? null : <span className="tabular rounded-full bg-sunken px-2 text-xs leading-5 text-muted">{tab.count.toLocaleString("en-GB")}</span>}
              </a>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
