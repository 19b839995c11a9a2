import { type ReactNode } from "react";
import { Mark, Wordmark } from "./wordmark";

export interface AuthFrameProps {
  title: string;
  description?: ReactNode;
  organisation?: string | undefined;
  children: ReactNode;
  /** Under the form: another way in, whom to ask. */
  footer?: ReactNode;
}

/** The door: signing in, accepting an invitation, choosing a password. */
export function AuthFrame({ title, description, organisation, children, footer }: AuthFrameProps) {
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[minmax(0,5fr)_minmax(0,7fr)]">
      <aside className="relative hidden overflow-clip bg-deep p-12 text-on-deep lg:flex lg:flex-col lg:justify-between">
        <Mark size={640} className="absolute -bottom-60 -right-36 text-on-deep opacity-[0.07]" />
        <span className="flex items-center gap-2.5 font-serif text-xl font-semibold tracking-[-0.015em]">
          <Mark size={26} />
          Handshake
        </span>
        <p className="relative max-w-md font-serif text-3xl font-medium leading-tight tracking-[-0.012em]">
          What was agreed stays agreed, until the person is asked again.
        </p>
        <p className="relative text-sm text-on-deep-muted">Every answer is kept with the exact words that were shown.</p>
      </aside>
      <div className="flex min-h-dvh flex-col px-4 py-8 sm:px-10">
        <header className="lg:hidden"><Wordmark /></header>
        <main id="main" tabIndex={-1} className="m-auto w-full max-w-sm py-10 outline-none">
          {organisation ? <p className="mb-1 text-sm font-medium text-accent">{organisation}</p> : null}
          <h1 className="font-serif text-3xl font-medium tracking-[-0.012em] text-ink">{title}</h1>
          {description ? <div className="mt-2 text-muted">{description}</div> : null}
          <div className="mt-8 space-y-5">{children}</div>
          {footer ? <div className="mt-8 border-t border-line pt-5 text-sm text-muted">{footer}</div> : null}
        </main>
      </div>
    </div>
  );
}
