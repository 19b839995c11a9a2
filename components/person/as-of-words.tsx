import type { ReactNode } from "react";
import { Disclosure } from "@/components/ui/disclosure";
import { Mono } from "@/components/ui/mono";
import { TextLink } from "@/components/ui/text-link";
import type { AnswerThen } from "@/lib/contract/as-of";
import { QuestionBody } from "./question-body";

const days = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });
const minutes = new Intl.DateTimeFormat("en-GB", { timeStyle: "short", timeZone: "UTC" });
const seconds = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium", timeZone: "UTC" });

/** “3 March 2026 at 14:00 UTC”; seconds only where there are some. */
export function momentWords(at: Date): string {
  return `${days.format(at)} at ${(at.getTime() % 60_000 === 0 ? minutes : seconds).format(at)} UTC`;
}

/** A moment within a sentence. */
export function Moment({ at }: { at: Date }) {
  return <time dateTime={at.toISOString()}>{momentWords(at)}</time>;
}

/** An entry of the ledger, to be looked up. */
export function EntryLink({ index }: { index: number }) {
  return <TextLink href={`/studio/ledger/${index}`}>{`entry ${index.toLocaleString("en")}`}</TextLink>;
}

/** The very words a person had in front of them. */
export function WordsThen({ answer, links, imported = null }: { answer: AnswerThen<string>; links?: ReactNode; imported?: { readonly source: string } | null }) {
  const { words, index } = answer;
  if (imported !== null) return <p className="mt-2 text-sm text-muted">Brought in from {imported.source}; what was shown there is not known here.</p>;
  if (words === null) return <p className="mt-2 text-sm text-muted">No question was needed for this.</p>;
  const { content } = words;
  if (content === null) {
    return <p className="mt-2 text-sm text-warn">The words they saw are not kept any more, or are no longer the same. Their fingerprint in the ledger: <Mono truncate>{words.digest}</Mono></p>;
  }
  return (
    <div className="mt-2">
      <Disclosure summary={words.index === index ? "The words they saw" : "The words they had answered before"}>
        <div className="rounded-lg border border-line bg-sunken p-4 sm:p-5">
          <p lang={content.locale} className="mb-4 font-serif text-xl font-medium text-ink">{content.title}</p>
          <QuestionBody words={content} links={links} unfolded />
          <p className="mt-5 text-sm text-muted">To choose from: <span lang={content.locale}>{content.choices.map(({ label }) => `“${label}”`).join(" · ")}</span></p>
          <p className="mt-2 text-sm text-muted">
            {words.index === index ? null : <>From <EntryLink index={words.index} />. </>}
            Fingerprint of what was shown: <Mono truncate>{words.digest}</Mono>
          </p>
        </div>
      </Disclosure>
    </div>
  );
}
