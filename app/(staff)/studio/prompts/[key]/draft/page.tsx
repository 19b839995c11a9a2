import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { cache } from "react";
import { DiscardPrompt, ProposePrompt, PublishPrompt, RemoveLanguage } from "@/components/prompt/draft-actions";
import { LanguageBar } from "@/components/prompt/language-bar";
import { PromptForm } from "@/components/prompt/prompt-form";
import { QuestionCard } from "@/components/prompt/question-card";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import { localeName } from "@/lib/contract/locale-name";
import { promptLocale, type PromptDraftView, type PromptWords } from "@/lib/contract/prompt";
import { requireStaff, show } from "@/lib/delivery/web/page";
import { readPromptDraft } from "@/lib/usecases/read-prompt-draft";
import { discardPromptAction, proposePromptAction, publishPromptAction, removeLocaleAction, savePromptAction } from "../actions";

type Params = Promise<{ key: string }>;
type Query = Promise<Record<string, string | string[] | undefined>>;

/** Read once a request, for the title and for the page. */
const load = cache(async (key: string) => show(readPromptDraft(await requireStaff(`/studio/prompts/${key}/draft`), key)));

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  return { title: `${(await load((await params).key)).name}: draft of the prompt` };
}

const results: Readonly<Record<string, string>> = {
  saved: "The draft is saved.",
  removed: "The language is removed from this draft.",
  proposed: "Approval is asked for. Somebody else publishes it.",
};
const blank: PromptWords = { title: "", question: "", benefit: "", ifNo: "", yesLabel: "", noLabel: "" };

export default async function PromptDraftPage({ params, searchParams }: { params: Params; searchParams: Query }) {
  const [{ key }, query] = await Promise.all([params, searchParams]);
  const view = await load(key);
  const written = view.texts.map((text) => text.locale);
  const chosen = promptLocale.safeParse(query["locale"]);
  const locale = chosen.success ? chosen.data : written.includes(view.defaultLocale) ? view.defaultLocale : (written[0] ?? view.defaultLocale);
  const words = view.texts.find((text) => text.locale === locale) ?? blank;
  const result = typeof query["done"] === "string" ? results[query["done"]] : undefined;
  return (
    <>
      <PageHeader
        eyebrow="Prompt"
        title={view.name}
        breadcrumbs={[{ label: "Prompts", href: "/studio/prompts" }, { label: view.name, href: `/studio/prompts/${view.key}` }, { label: `Draft of version ${view.number}` }]}
        badge={<StatusBadge status={view.state} detail={`version ${view.number}`} />}
        description={<p className="text-base">{`Written by ${view.authors.join(" and ")}, saved `}<Time at={view.updatedAt} /></p>}
      />
      {result && !view.can.write ? <div className="mb-6"><Notice tone="success" result>{result}</Notice></div> : null}
      {view.can.write ? (
        <>
          <div className="mb-6"><LanguageBar action={`/studio/prompts/${view.key}/draft`} locales={written} current={locale} canAdd /></div>
          <PromptForm key={locale} action={savePromptAction} view={view} locale={locale} words={words} result={result} />
          {written.includes(locale) && locale !== view.defaultLocale ? <div className="mt-3"><RemoveLanguage action={removeLocaleAction} seen={view} locale={locale} name={localeName(locale)} /></div> : null}
        </>
      ) : (
        <div className="max-w-2xl space-y-8">
          {view.texts.map((text) => (
            <Section key={text.locale} title={localeName(text.locale)}>
              <QuestionCard {...text} terms={view.terms?.terms ?? []} headingLevel={3} />
            </Section>
          ))}
        </div>
      )}
      <div className="mt-10 max-w-2xl"><NextStep view={view} /></div>
    </>
  );
}

/** The one button that is next for whoever looks. */
function NextStep({ view }: { view: PromptDraftView }) {
  const ready = view.open.length === 0;
  return (
    <Card
      as="section"
      title={view.can.publish ? "Publish" : "When it is ready"}
      footer={view.can.write ? <DiscardPrompt action={discardPromptAction} seen={view} number={view.number} /> : undefined}
    >
      <div className="space-y-4">
        {ready ? (
          <p className="text-ink">{view.live === null ? "Once it is published, people can be asked with these words." : "Once it is published, people who are asked see these words. Nobody is asked again for new wording."}</p>
        ) : (
          <div className="text-ink">
            <p className="font-medium">Before it can be approved</p>
            <ul className="mt-1 list-disc space-y-1 pl-5">{view.open.map((one) => <li key={one}>{one}</li>)}</ul>
          </div>
        )}
        {view.state === "waiting" && view.proposedAt ? <p className="text-sm text-muted">Approval asked for <Time at={view.proposedAt} />.{view.can.write ? " Saving again takes the request back." : null}</p> : null}
        {view.can.write && view.state === "draft" && ready ? <ProposePrompt action={proposePromptAction} seen={view} /> : null}
        {view.can.publish && ready ? <Publish view={view} /> : null}
      </div>
    </Card>
  );
}

function Publish({ view }: { view: PromptDraftView }) {
  if (view.own) return <p className="text-muted">You wrote on this version, so somebody else publishes it.</p>;
  if (view.state === "draft") return <p className="text-muted">It can be published once its author asks for approval.</p>;
  return <PublishPrompt action={publishPromptAction} seen={view} number={view.number} live={view.live} requestId={randomUUID()} />;
}
