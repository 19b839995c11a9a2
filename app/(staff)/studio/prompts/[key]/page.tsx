import type { Metadata } from "next";
import { cache } from "react";
import { ArrowLeftRight, BadgeCheck, MessageCircleQuestion, PencilLine } from "lucide-react";
import { StartPrompt } from "@/components/prompt/draft-actions";
import { QuestionCard } from "@/components/prompt/question-card";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { StatusBadge } from "@/components/ui/status-badge";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { Timeline, type TimelineItem } from "@/components/ui/timeline";
import { localeName } from "@/lib/contract/locale-name";
import type { PromptView } from "@/lib/contract/prompt";
import { requireStaff, show } from "@/lib/delivery/web/page";
import { readPrompt } from "@/lib/usecases/read-prompt";
import { startPromptAction } from "./actions";

type Params = Promise<{ key: string }>;
type Query = Promise<Record<string, string | string[] | undefined>>;

/** Read once a request, for the title and for the page. */
const load = cache(async (key: string) => show(readPrompt(await requireStaff(`/studio/prompts/${key}`), key)));

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  return { title: `${(await load((await params).key)).name}: prompt` };
}

export default async function PromptPage({ params, searchParams }: { params: Params; searchParams: Query }) {
  const [{ key }, { done }] = await Promise.all([params, searchParams]);
  const view = await load(key);
  const next = view.draft ? (
    <LinkButton variant="primary" href={`/studio/prompts/${view.key}/draft`} icon={<PencilLine />}>Open the draft</LinkButton>
  ) : view.can.write ? (
    <StartPrompt action={startPromptAction} useKey={view.key} label={view.live ? "Write a new version" : "Write the prompt"} />
  ) : null;
  return (
    <>
      <PageHeader
        eyebrow="Prompt"
        title={view.name}
        breadcrumbs={[{ label: "Prompts", href: "/studio/prompts" }, { label: view.name }]}
        badge={view.live ? <StatusBadge status="live" detail={`version ${view.live.number}`} /> : null}
        description={<TextLink href={`/studio/uses/${view.key}`}>See the data use it asks about</TextLink>}
        actions={
          <>
            {view.versions.length + (view.draft ? 1 : 0) > 1 ? <LinkButton href={`/studio/prompts/${view.key}/compare`} icon={<ArrowLeftRight />}>Compare versions</LinkButton> : null}
            {view.live || view.draft ? next : null}
          </>
        }
      />
      <Done done={done} view={view} />
      <div className="grid grid-cols-1 items-start gap-x-10 gap-y-10 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="space-y-8">
          {view.live ? (
            view.live.texts.map((text) => (
              <Section key={text.locale} title={localeName(text.locale)}>
                <QuestionCard {...text} terms={view.terms?.terms ?? []} headingLevel={3} />
              </Section>
            ))
          ) : (
            <EmptyState icon={<MessageCircleQuestion />} title={view.draft ? "Not published yet" : "No prompt yet"} action={view.draft ? undefined : next}>
              Nobody can be asked about this data use until a prompt is published.
            </EmptyState>
          )}
        </div>
        <div>
          <Section title="Versions">{view.versions.length === 0 && !view.draft ? <p className="text-muted">None yet.</p> : <Versions view={view} />}</Section>
        </div>
      </div>
    </>
  );
}

function Done({ done, view }: { done: string | string[] | undefined; view: PromptView }) {
  if (done !== "published" && done !== "discarded") return null;
  return (
    <div className="mb-8">
      <Notice tone="success" result title={done === "published" && view.live ? `Version ${view.live.number} is in force` : "The draft is discarded"}>
        {done === "published" ? "People who are asked from now on see these words." : "Everything that was published stays as it is."}
      </Notice>
    </div>
  );
}

function Versions({ view }: { view: PromptView }) {
  const items: TimelineItem[] = [
    ...(view.draft
      ? [{
          key: "draft",
          title: <TextLink quiet href={`/studio/prompts/${view.key}/draft`}>{`Version ${view.draft.number}: ${view.draft.state === "waiting" ? "waiting for approval" : "draft"}`}</TextLink>,
          at: <Time at={view.draft.updatedAt} show="date" />,
          icon: <PencilLine />,
          children: <p className="text-sm">{`Written by ${view.draft.authors.join(" and ")}`}</p>,
        }]
      : []),
    ...view.versions.map((version, i): TimelineItem => ({
      key: String(version.number),
      title: <TextLink quiet href={`/studio/prompts/${view.key}/versions/${version.number}`}>{`Version ${version.number}`}</TextLink>,
      at: <Time at={version.publishedAt} show="date" />,
      icon: <BadgeCheck />,
      tone: i === 0 ? "good" : "neutral",
      children: (
        <div className="space-y-1 text-sm">
          {version.changeNote ? <p className="text-ink">{version.changeNote}</p> : null}
          <p>{`Written by ${version.authors.join(" and ")}, published by ${version.publishedBy}${version.twoPairsOfEyes ? "" : " (without a second pair of eyes)"}.`}</p>
          <p>{version.locales.map(localeName).join(", ")}</p>
        </div>
      ),
    })),
  ];
  return <Timeline label="Versions" items={items} />;
}
