import { Fragment } from "react";
import { Card } from "@/components/ui/card";
import { Disclosure } from "@/components/ui/disclosure";
import { Mono } from "@/components/ui/mono";
import { StatusBadge, type Status } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import { TextLink } from "@/components/ui/text-link";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import type { HistoryLine } from "@/lib/contract/permission";
import { QuestionBody } from "./question-body";
import { channelWords } from "./words";

const statuses: { readonly [answer: string]: Status } = {
  granted: "granted",
  kept: "granted",
  refused: "refused",
  withdrawn: "withdrawn",
  objected: "objected",
  accepted: "accepted",
  acknowledged: "acknowledged",
};

export interface HistoryListProps {
  lines: readonly HistoryLine[];
  /** Names the answers for whoever reads. */
  words: (answer: string) => string;
  /** Where the receipt of an answer is, for whom there is one. */
  receiptHref?: ((index: number) => string) | undefined;
}

/** Every answer, newest first, with exactly what was shown. */
export function HistoryList({ lines, words, receiptHref }: HistoryListProps) {
  return (
    <ol className="space-y-4">
      {lines.map((line) => (
        <Card key={line.index} as="li">
          <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
            <div className="min-w-0 flex-[1_1_16rem]">
              <p className="font-medium text-ink">{line.kind === "invited" ? "Invited to answer" : (line.shown?.title ?? line.name)}</p>
              <p className="mt-0.5 text-sm text-muted">
                <Time at={line.at} /> · {line.version === null ? null : <>version {line.version} · </>}entry {line.index.toLocaleString("en")}{line.channel === "" ? null : ` · ${channelWords(line.channel)}`}
              </p>
              <Bounds line={line} />
            </div>
            {statuses[line.answer] === undefined ? null : <StatusBadge status={statuses[line.answer] ?? "due"} label={words(line.answer)} />}
          </div>
          <Shown line={line} />
          {receiptHref === undefined || line.kind === "invited" || line.kind === "used" ? null : (
            <p className="mt-2 text-sm">
              <TextLink href={receiptHref(line.index)}>
                Receipt<VisuallyHidden>{` for ${line.shown?.title ?? line.name ?? "this answer"}, entry ${line.index}`}</VisuallyHidden>
              </TextLink>
            </p>
          )}
        </Card>
      ))}
    </ol>
  );
}

/** How far the answer reaches, and who gave it, where that is not plain. */
function Bounds({ line: { kind, version, keeps, expiresAt, once, guardian } }: { line: HistoryLine }) {
  const parts = [
    ...(kind === "used" ? ["The one time that was permitted."] : []),
    ...(keeps === undefined ? [] : [`No to version ${version}; version ${keeps} stays as it was agreed to.`]),
    ...(expiresAt === undefined ? [] : [<>Until <Time at={expiresAt} show="date" />.</>]),
    ...(once ? ["For one time."] : []),
    ...(guardian ? ["Through somebody who answers for this person."] : []),
  ];
  return parts.length === 0 ? null : <p className="mt-0.5 text-sm text-ink">{parts.map((part, i) => <Fragment key={i}>{i === 0 ? null : " "}{part}</Fragment>)}</p>;
}

function Shown({ line }: { line: HistoryLine }) {
  if (line.kind === "invited" || line.kind === "used") return null;
  if (line.imported) {
    return (
      <p className="mt-2 text-sm text-muted">
        Brought in from {line.imported.source}, where it was answered on <Time at={line.imported.answeredAt} show="date" />. What was shown there is not known here.
      </p>
    );
  }
  if (line.shown === null) return <p className="mt-2 text-sm text-muted">No question was needed for this.</p>;
  const { choices } = line.shown;
  return (
    <div className="mt-2">
      <Disclosure summary="What was shown">
        <div className="rounded-lg border border-line bg-sunken p-4 sm:p-5">
          <p lang={line.shown.locale} className="mb-4 font-serif text-xl font-medium text-ink">{line.shown.title}</p>
          <QuestionBody words={line.shown} unfolded />
          <p className="mt-5 text-sm text-muted">To choose from: <span lang={line.shown.locale}>{choices.map(({ label }) => `“${label}”`).join(" · ")}</span></p>
          <p className="mt-2 text-sm text-muted">Fingerprint of what was shown: <Mono truncate>{line.digest ?? ""}</Mono></p>
        </div>
      </Disclosure>
    </div>
  );
}
