import { type ReactNode } from "react";
import { Wordmark } from "./wordmark";

export interface MessageFrameProps {
  /** "Not found", "Something went wrong". */
  eyebrow: string;
  title: string;
  children: ReactNode;
  actions?: ReactNode;
}

/** A page that has only one thing to say, and says what to do next. */
export function MessageFrame({ eyebrow, title, children, actions }: MessageFrameProps) {
  return (
    <div className="flex min-h-dvh flex-col px-4 py-8 sm:px-10">
      <header><Wordmark /></header>
      <main id="main" tabIndex={-1} className="mx-auto my-auto w-full max-w-lg pb-[18vh] pt-12 outline-none">
        <p className="mb-1 text-sm font-medium text-accent">{eyebrow}</p>
        <h1 className="font-serif text-3xl font-medium tracking-[-0.012em] text-ink sm:text-4xl">{title}</h1>
        <div className="mt-4 space-y-3 text-lg text-muted">{children}</div>
        {actions ? <div className="mt-8 flex flex-wrap gap-2.5">{actions}</div> : null}
      </main>
    </div>
  );
}
