import type { Metadata } from "next";
import { cache } from "react";
import { ArrowLeftRight } from "lucide-react";
import { QuestionCard } from "@/components/prompt/question-card";
import { KeyValues } from "@/components/ui/key-values";
import { LinkButton } from "@/components/ui/link-button";
import { Mono } from "@/components/ui/mono";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import { localeName } from "@/lib/contract/locale-name";
import { requireStaff, show } from "@/lib/delivery/web/page";
import { readPromptVersion } from "@/lib/usecases/read-prompt-version";

type Params = Promise<{ key: string; number: string }>;

/** Read once a request, for the title and for the page. */
const load = cache(async (key: string, number: string) => show(readPromptVersion(await requireStaff(`/studio/prompts/${key}/versions/${number}`), key, number)));

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const { key, number } = await params;
  return { title: `${(await load(key, number)).name}: version ${number} of the prompt` };
}

export default async function PromptVersionPage({ params }: { params: Params }) {
  const { key, number } = await params;
  const view = await load(key, number);
  const { version } = view;
  return (
    <>
      <PageHeader
        eyebrow="Prompt"
        title={`${view.name}, version ${version.number}`}
        breadcrumbs={[{ label: "Prompts", href: "/studio/prompts" }, { label: view.name, href: `/studio/prompts/${view.key}` }, { label: `Version ${version.number}` }]}
        badge={<StatusBadge status={view.live ? "live" : "superseded"} />}
        description={version.changeNote || undefined}
        actions={
          <>
            {view.previous ? <LinkButton href={`/studio/prompts/${view.key}/compare?from=${view.previous}&to=${version.number}`} icon={<ArrowLeftRight />}>{`Compare with version ${view.previous}`}</LinkButton> : null}
            {view.next ? <LinkButton href={`/studio/prompts/${view.key}/versions/${view.next}`}>{`Go to version ${view.next}`}</LinkButton> : null}
          </>
        }
      />
      <div className="grid grid-cols-1 items-start gap-x-10 gap-y-10 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="space-y-8">
          {view.texts.map((text) => (
            <Section key={text.locale} title={localeName(text.locale)} description={view.terms ? `Shown with the terms of version ${view.terms.version} of the data use${view.terms.draft ? " (a draft)" : ", in force now"}.` : undefined}>
              <QuestionCard {...text} terms={view.terms?.terms ?? []} headingLevel={3} />
            </Section>
          ))}
        </div>
        <div>
          <Section title="How it came about">
            <KeyValues
              layout="stacked"
              items={[
                { label: "Published", value: <Time at={version.publishedAt} /> },
                { label: "By whom", value: `Written by ${version.authors.join(" and ")}, published by ${version.publishedBy}${version.twoPairsOfEyes ? "" : " (without a second pair of eyes)"}.` },
                { label: "Entry in the ledger", value: `Number ${view.entryIndex}` },
                { label: "Fingerprint of the wording", value: <Mono truncate>{view.digest}</Mono>, hint: "Changes with the smallest change of a word." },
              ]}
            />
          </Section>
        </div>
      </div>
    </>
  );
}
