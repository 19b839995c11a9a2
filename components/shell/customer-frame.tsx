import { type ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";
import { KeptWith } from "./public-frame";

export interface CustomerPlace {
  key: string;
  href: string;
  label: string;
  /** Things that wait there. */
  count?: number | undefined;
}

export interface CustomerFrameProps {
  organisation: string;
  /** How the organisation calls this person, when it may. */
  person?: { name?: string | undefined } | undefined;
  places?: readonly CustomerPlace[] | undefined;
  current?: string | undefined;
  /** A form with a button. */
  signOut?: ReactNode;
  children: ReactNode;
}

/** One person's own pages: narrow, quiet, one thing after the other. */
export function CustomerFrame({ organisation, person, places = [], current, signOut, children }: CustomerFrameProps) {
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="border-b border-line bg-sunken">
        <div className="mx-auto w-full max-w-3xl px-4 sm:px-8">
          <div className="flex min-h-16 flex-wrap items-center justify-between gap-x-6 gap-y-1 py-2">
            <p className="font-serif text-lg font-semibold tracking-[-0.01em] text-ink">{organisation}</p>
            <div className="flex items-center gap-4 text-sm text-muted">
              {person?.name ? <span className="truncate">{person.name}</span> : null}
              {signOut}
            </div>
          </div>
          {places.length > 0 ? (
            <nav aria-label="Your pages" className="print:hidden">
              {/* On a phone one line that is pushed sideways, fading where more follows, with the place that one is at in sight. */}
              <ul className="-mx-4 -mb-px flex scroll-ps-36 gap-x-5 overflow-x-auto pe-10 ps-4 [scrollbar-width:none] max-sm:[mask-image:linear-gradient(to_right,black_calc(100%-3rem),transparent)] sm:mx-0 sm:gap-x-6 sm:px-0">
                {places.map((place) => {
                  const here = place.key === current;
                  return (
                    <li key={place.key} className={classNames("shrink-0", here && "[scroll-initial-target:nearest]")}>
                      <a
                        href={place.href}
                        {...(here ? { "aria-current": "page" as const } : {})}
                        className={classNames(
                          "flex min-h-11 items-center gap-2 whitespace-nowrap border-b-2 text-sm transition-colors focus-visible:-outline-offset-2",
                          here ? "border-accent font-semibold text-ink" : "border-transparent font-medium text-muted hover:border-line-strong hover:text-ink",
                        )}
                      >
                        {place.label}
                        {place.count ? (
                          <span className="tabular rounded-full bg-warn-soft px-2 text-xs leading-5 text-warn">
                            {place.count}
                            <span className="sr-only"> waiting for you</span>
                          </span>
                        ) : null}
                      </a>
                    </li>
                  );
                })}
              </ul>
            </nav>
          ) : null}
        </div>
      </header>
      <main id="main" tabIndex={-1} className="mx-auto w-full max-w-3xl flex-1 px-4 pb-24 pt-8 outline-none sm:px-8 sm:pt-11">
        {children}
      </main>
      <footer className="border-t border-line">
        <div className="mx-auto flex w-full max-w-3xl flex-wrap items-center justify-between gap-x-8 gap-y-2 px-4 py-6 text-sm text-muted sm:px-8">
          <p>A no costs you nothing. You can change your mind here at any time.</p>
          <KeptWith />
        </div>
      </footer>
    </div>
  );
}
