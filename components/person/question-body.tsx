import { Gift, Undo2 } from "lucide-react";
import type { ReactNode } from "react";
import { Disclosure } from "@/components/ui/disclosure";
import { Icon } from "@/components/ui/icon";
import { KeyValues } from "@/components/ui/key-values";
import { TextLink } from "@/components/ui/text-link";
import type { QuestionView, ShownContent } from "@/lib/contract/question";
import { ChangeList } from "./change-list";
import { policyDifferencePath, policyVersionPath } from "./paths";

type Words = Pick<ShownContent, "question" | "benefit" | "ifNo" | "changes" | "terms" | "locale">;

/** The words of a question: what changed, what is asked, what it brings, what a no means, and all the terms. */
export function QuestionBody({ words, changedTitle, links }: { words: Words; changedTitle?: string; links?: ReactNode }) {
  return (
    <div className="space-y-6">
      {words.changes.length > 0 ? (
        <div className="rounded-lg border border-warn-line bg-warn-soft p-4 sm:p-5">
          <h3 className="mb-3 text-sm font-semibold text-warn">{changedTitle ?? "What changed"}</h3>
          <ChangeList changes={words.changes} />
        </div>
      ) : null}
      <p lang={words.locale} className="whitespace-pre-line text-lg leading-relaxed text-ink">{words.question}</p>
      {links}
      <dl lang={words.locale} className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
        <Side icon={<Gift />} label="What you get" text={words.benefit} />
        <Side icon={<Undo2 />} label="If you say no" text={words.ifNo} />
      </dl>
      {words.terms.length > 0 ? (
        <Disclosure summary="All the details">
          <KeyValues items={words.terms.map(({ label, value }) => ({ label, value }))} />
        </Disclosure>
      ) : null}
    </div>
  );
}

function Side({ icon, label, text }: { icon: ReactNode; label: string; text: string }) {
  if (text === "") return null;
  return (
    <div className="flex gap-3">
      <Icon className="mt-0.5 self-start text-accent">{icon}</Icon>
      <div>
        <dt className="text-sm font-medium text-muted">{label}</dt>
        <dd className="mt-0.5 whitespace-pre-line text-ink">{text}</dd>
      </div>
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
