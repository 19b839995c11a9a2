import { Menu, X } from "lucide-react";
import { type ReactNode } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Icon } from "@/components/ui/icon";
import { StudioNav, type StudioNavProps } from "./studio-nav";
import { Wordmark } from "./wordmark";

export interface StudioFrameProps extends StudioNavProps {
  organisation: string;
  /** Who is signed in, and as what. */
  person: { name: string; role: string };
  /** A form with a button. */
  signOut: ReactNode;
  /** Above everything: what came of the last step, or what the whole studio should know. */
  notice?: ReactNode;
  children: ReactNode;
}

function SignedIn({ person, signOut }: Pick<StudioFrameProps, "person" | "signOut">) {
  return (
    <div className="border-t border-line pt-4">
      <div className="flex items-center gap-3 px-2.5">
        <Avatar name={person.name} />
        <div className="min-w-0 flex-1 leading-tight">
          <p className="truncate text-sm font-medium text-ink">{person.name}</p>
          <p className="truncate text-xs text-muted">{person.role}</p>
        </div>
      </div>
      <div className="mt-3 px-2.5">{signOut}</div>
    </div>
  );
}

/** The staff's room: sections at the side when there is space, in a menu when there is not (it opens without scripts). */
export function StudioFrame({ organisation, person, signOut, notice, children, current, sections, counts }: StudioFrameProps) {
  const nav = <StudioNav current={current} sections={sections} counts={counts} />;
  return (
    <div className="min-h-dvh lg:grid print:block lg:grid-cols-[15.5rem_minmax(0,1fr)]">
      <aside className="hidden border-r border-line bg-sunken lg:block print:hidden">
        <div className="sticky top-0 flex h-dvh flex-col gap-7 overflow-y-auto px-4 py-6">
          <div className="px-2.5">
            <a href="/studio" className="inline-block rounded-sm"><Wordmark /></a>
            <p className="mt-1.5 truncate text-sm text-muted">{organisation}</p>
          </div>
          <div className="flex-1">{nav}</div>
          <SignedIn person={person} signOut={signOut} />
        </div>
      </aside>
      <div className="min-w-0">
        <header className="border-b border-line bg-sunken lg:hidden print:hidden">
          <details className="group/menu">
            <summary className="flex min-h-14 items-center justify-between gap-4 px-4 sm:px-6">
              <span className="flex min-w-0 items-baseline gap-3">
                <Wordmark className="self-center" />
                <span className="truncate text-sm text-muted max-[22rem]:hidden">{organisation}</span>
              </span>
              <span className="inline-flex min-h-11 items-center gap-2 text-sm font-medium text-ink">
                <span className="contents group-open/menu:hidden"><Icon size="lg"><Menu /></Icon></span>
                <span className="hidden group-open/menu:contents"><Icon size="lg"><X /></Icon></span>
                Menu
              </span>
            </summary>
            <div className="space-y-5 px-4 pb-5 pt-1 sm:px-6">
              {nav}
              <SignedIn person={person} signOut={signOut} />
            </div>
          </details>
        </header>
        {notice ? <div className="border-b border-line px-4 py-3 sm:px-8 lg:px-12">{notice}</div> : null}
        <main id="main" tabIndex={-1} className="mx-auto w-full max-w-6xl px-4 pb-24 pt-8 outline-none sm:px-8 lg:px-12 lg:pt-11">
          {children}
        </main>
      </div>
    </div>
  );
}
