import { type ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";
import { Mark } from "./wordmark";

export interface FrameLink {
  href: string;
  label: string;
}

export interface PublicFrameProps {
  organisation: string;
  /** Where the organisation's name leads. */
  homeHref?: string | undefined;
  links?: readonly FrameLink[] | undefined;
  /** For tables and differences; text stays at reading width otherwise. */
  wide?: boolean | undefined;
  children: ReactNode;
}

/** Whose page it is, small at the foot of each. */
export function KeptWith() {
  return (
    <p className="flex items-center gap-2">
      <Mark size={16} className="text-accent" />
      Kept with Handshake
    </p>
  );
}

/** What anyone can read: the organisation's name above, the text, and quiet below. */
export function PublicFrame({ organisation, homeHref = "/policies", links = [], wide, children }: PublicFrameProps) {
  const width = wide ? "max-w-6xl" : "max-w-4xl";
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="border-b border-line">
        <div className={classNames("mx-auto flex min-h-16 flex-wrap items-center justify-between gap-x-8 px-4 py-1.5 sm:px-8", width)}>
          <a href={homeHref} className="rounded-sm py-2 font-serif text-lg font-semibold tracking-[-0.01em] text-ink">{organisation}</a>
          {links.length > 0 ? (
            <nav aria-label="Main" className="print:hidden">
              <ul className="flex flex-wrap gap-x-6 text-sm">
                {links.map((link) => (
                  <li key={link.href}>
                    <a href={link.href} className="inline-flex min-h-11 items-center rounded-sm text-muted underline-offset-4 hover:text-ink hover:underline">{link.label}</a>
                  </li>
                ))}
              </ul>
            </nav>
          ) : null}
        </div>
      </header>
      <main id="main" tabIndex={-1} className={classNames("mx-auto w-full flex-1 px-4 pb-24 pt-10 outline-none sm:px-8 sm:pt-14", width)}>
        {children}
      </main>
      <footer className="border-t border-line">
        <div className={classNames("mx-auto flex flex-wrap items-center justify-between gap-x-8 gap-y-2 px-4 py-6 text-sm text-muted sm:px-8", width)}>
          <p>{organisation}</p>
          <a href="/developers" className="rounded-sm py-2 underline-offset-4 hover:text-ink hover:underline">For developers</a>
          <KeptWith />
        </div>
      </footer>
    </div>
  );
}
