import { type ReactNode } from "react";
import { Notice } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";
import { ownLocaleName } from "@/lib/contract/locale-name";
import type { PolicyHead } from "@/lib/contract/policy-views";
import type { PublicVersion, PublicVersionHead } from "@/lib/contract/public-policy";
import { LongDate } from "./long-date";

/** The head of a public page: whose text, which version, since when. */
export function PublicHead({ eyebrow, title, lang, children }: { eyebrow: ReactNode; title: ReactNode; lang?: string | undefined; children?: ReactNode }) {
  return (
    <header className="mb-10 max-w-3xl">
      <p className="text-sm font-medium text-accent">{eyebrow}</p>
      <h1 lang={lang} className="mt-1.5 font-serif text-3xl font-medium tracking-[-0.015em] text-ink sm:text-4xl">{title}</h1>
      {children ? <div className="mt-4 flex flex-wrap items-center gap-x-5 gap-y-1.5 text-muted">{children}</div> : null}
    </header>
  );
}

/** How a version stands, as one sentence. */
export function StandingSentence({ version }: { version: PublicVersionHead }) {
  switch (version.standing) {
    case "in-force":
      return <span>Version {version.number}, in force since <LongDate at={version.inForceFrom} /></span>;
    case "announced":
      return <span>Version {version.number}, comes into force on <LongDate at={version.inForceFrom} /></span>;
    case "superseded":
      if (version.until && sameDay(version.inForceFrom, version.until)) return <span>Version {version.number}, in force on <LongDate at={version.inForceFrom} /></span>;
      return <span>Version {version.number}, in force from <LongDate at={version.inForceFrom} />{version.until ? <> to <LongDate at={version.until} /></> : null}</span>;
  }
}

function sameDay(a: Date, b: Date): boolean {
  return a.toISOString().slice(0, 10) === b.toISOString().slice(0, 10);
}

/** What is coming, with its text to read before it counts. */
export function Announcements({ policy, announced, inForce }: { policy: string; announced: readonly PublicVersionHead[]; inForce: number | null }) {
  return announced.map((version) => (
    <div key={version.number} className="mb-6 max-w-3xl print:hidden">
      <Notice tone="info" title={<>A new version comes into force on <LongDate at={version.inForceFrom} /></>}>
        <TextLink href={`/policies/${policy}/versions/${version.number}`}>Read version {version.number}</TextLink>
        {inForce === null ? null : <> or <TextLink href={`/policies/${policy}/compare/${inForce}/${version.number}`}>see what changes</TextLink></>}.
      </Notice>
    </div>
  ));
}

/** The same text in other languages, each called as it calls itself; links, so that no script is needed. */
export function Languages({ version, here }: { version: PublicVersion; here: string }) {
  if (version.texts.length < 2) return null;
  return (
    <span className="flex flex-wrap gap-x-3 print:hidden">
      {version.texts.map(({ locale }) =>
        locale === version.locale ? (
          <span key={locale} lang={locale} className="font-medium text-ink">{ownLocaleName(locale)}</span>
        ) : (
          <TextLink key={locale} quiet href={`${here}?locale=${locale}`}><span lang={locale}>{ownLocaleName(locale)}</span></TextLink>
        ),
      )}
    </span>
  );
}

/** Where the text comes from and under which licence, and the same page for programs. */
export function PublicFoot({ policy, address, digest }: { policy: PolicyHead; address: string; digest?: string }) {
  return (
    <footer className="mt-14 space-y-3 border-t border-line pt-6 text-sm text-muted">
      {policy.source || policy.licence || policy.attribution ? (
        <p>
          {policy.attribution ? `${policy.attribution}. ` : ""}
          {policy.source ? `Source: ${policy.source}. ` : ""}
          {policy.licence ? `Licence: ${policy.licence}.` : ""}
        </p>
      ) : null}
      <p className="flex flex-wrap gap-x-4 gap-y-1 print:hidden">
        This page as <TextLink quiet href={`${address}.md`}>Markdown</TextLink> <TextLink quiet href={`${address}.json`}>JSON</TextLink>
      </p>
      {digest ? <p className="break-all">Digest (SHA-256) <span className="font-mono text-xs">{digest}</span></p> : null}
    </footer>
  );
}
