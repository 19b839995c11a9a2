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
                <Time at={line.at} /> · {line.version === null ? null : <>version {line.version} · </>}entry {line.index.toLocaleString("en")} · {channelWords(line.channel)}
              </p>
            </div>
            {statuses[line.answer] === undefined ? null : <StatusBadge status={statuses[line.answer] ?? "due"} label={words(line.answer)} />}
          </div>
          <Shown line={line} />
          {receiptHref === undefined || line.kind === "invited" ? null : (
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

function Shown({ line }: { line: HistoryLine }) {
  if (line.kind === "invited") return null;
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
