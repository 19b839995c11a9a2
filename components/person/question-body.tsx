import { Gift, Undo2 } from "lucide-react";
import type { ReactNode } from "react";
import { Disclosure } from "@/components/ui/disclosure";
import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";
import { TermsInWords } from "@/components/use/terms-in-words";
import type { QuestionView, ShownContent } from "@/lib/contract/question";
import { ChangeList } from "./change-list";
import { policyDifferencePath, policyVersionPath } from "./paths";

type Words = Pick<ShownContent, "question" | "benefit" | "ifNo" | "changes" | "locale"> & { readonly terms: readonly ShownContent["terms"][number][]; readonly signal?: string | undefined };

export interface QuestionBodyProps {
  words: Words;
  changedTitle?: string | undefined;
  links?: ReactNode;
  /** All the terms lie open, as in a record of what was shown. */
  unfolded?: boolean | undefined;
}

/** The words of a question: what changed, what is asked, what it brings, what a no means, and all the terms. */
export function QuestionBody({ words, changedTitle, links, unfolded }: QuestionBodyProps) {
  const terms = <TermsInWords terms={words.terms} />;
  return (
    <div className="space-y-6">
      {words.changes.length > 0 ? (
        <div className="rounded-lg border border-warn-line bg-warn-soft p-4 sm:p-5">
          <h3 className="mb-3 text-sm font-semibold text-warn">{changedTitle ?? "What changed"}</h3>
          <ChangeList changes={words.changes} />
        </div>
      ) : null}
      {words.signal === undefined ? null : <Notice title="Your browser’s signal">{words.signal}</Notice>}
      <p lang={words.locale} className="whitespace-pre-line text-lg leading-relaxed text-ink">{words.question}</p>
      {links}
      {words.benefit || words.ifNo ? (
        <dl className="grid grid-cols-1 gap-x-8 gap-y-5 sm:grid-cols-2">
          <Side icon={<Gift />} label="What you get" text={words.benefit} lang={words.locale} />
          <Side icon={<Undo2 />} label="If you say no" text={words.ifNo} lang={words.locale} />
        </dl>
      ) : null}
      {words.terms.length === 0 ? null : unfolded ? terms : <Disclosure summary="All the details">{terms}</Disclosure>}
    </div>
  );
}

function Side({ icon, label, text, lang }: { icon: ReactNode; label: string; text: string; lang: string }) {
  if (text === "") return null;
  return (
    <div className="relative pl-8">
      <dt className="text-sm font-medium text-muted">
        <Icon className="absolute left-0 top-0.5 text-accent">{icon}</Icon>
        {label}
      </dt>
      <dd lang={lang} className="mt-0.5 whitespace-pre-line text-ink">{text}</dd>
    </div>
  );
}

/** Where to read a policy before answering; nothing for a data use, whose terms stand in the question itself. */
export function QuestionLinks({ question }: { question: QuestionView }) {
  if (question.kind === "permission") return null;
  const { policy, version, answeredVersion } = question;
  return (
    <p className="flex flex-wrap gap-x-6 gap-y-2">
      <TextLink href={policyVersionPath(policy, version)}>Read the whole text</TextLink>
      {answeredVersion !== null && answeredVersion < version ? (
        <TextLink href={policyDifferencePath(policy, answeredVersion, version)}>{`See every change since version ${answeredVersion}`}</TextLink>
      ) : null}
    </p>
  );
}
