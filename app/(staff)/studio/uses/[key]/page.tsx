import type { Metadata } from "next";
import { cache } from "react";
import { ArrowLeftRight, PencilLine } from "lucide-react";
import { Card } from "@/components/ui/card";
import { seriesOf } from "@/components/ui/chart-series";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { StackedBar, type Segment } from "@/components/ui/stacked-bar";
import { StatusBadge } from "@/components/ui/status-badge";
import { TextLink } from "@/components/ui/text-link";
import { DecisionCourseChart } from "@/components/use/decision-course";
import { StartUseDraft } from "@/components/use/start-draft";
import { TermsInWords } from "@/components/use/terms-in-words";
import { PromptState } from "@/components/use/use-table";
import { UseVersions } from "@/components/use/version-timeline";
import type { UseView } from "@/lib/contract/use";
import { requireStaff, show } from "@/lib/delivery/web/page";
import { readDataUse } from "@/lib/usecases/read-data-use";
import { showDecisionCourse } from "@/lib/usecases/show-decision-course";
import { startUseAction } from "./actions";

type Params = Promise<{ key: string }>;
type Query = Promise<Record<string, string | string[] | undefined>>;

/** Read once a request, for the title and for the page. */
const load = cache(async (key: string) => show(readDataUse(await requireStaff(`/studio/uses/${key}`), key)));

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  return { title: (await load((await params).key)).name };
}

export default async function UsePage({ params, searchParams }: { params: Params; searchParams: Query }) {
  const [{ key }, query] = await Promise.all([params, searchParams]);
  const view = await load(key);
  const course = view.live ? await show(showDecisionCourse(await requireStaff(), key)) : null;
  return (
    <>
      <PageHeader
        eyebrow="Data use"
        title={view.name}
        breadcrumbs={[{ label: "Data uses", href: "/studio/uses" }, { label: view.name }]}
        badge={view.live ? <StatusBadge status="live" detail={`version ${view.live.number}`} /> : <StatusBadge status={view.draft?.state ?? "draft"} label={view.draft ? undefined : "Not published"} />}
        actions={
          <>
            {view.versions.length + (view.draft ? 1 : 0) > 1 ? <LinkButton href={`/studio/uses/${view.key}/compare`} icon={<ArrowLeftRight />}>Compare versions</LinkButton> : null}
            {view.draft ? <LinkButton variant="primary" href={`/studio/uses/${view.key}/draft`} icon={<PencilLine />}>Open the draft</LinkButton> : view.can.write ? <StartUseDraft action={startUseAction} useKey={view.key} label="Write a new version" /> : null}
          </>
        }
      />
      <Done done={query["done"]} view={view} />
      <div className="grid grid-cols-1 items-start gap-x-10 gap-y-10 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div>
          <Section title={view.live ? `What version ${view.live.number} says` : "Not published yet"} description={view.live ? "In the words people read when they are asked." : "Once a version is published, its terms stand here in plain words."}>
            {view.live ? <Card padding="lg"><TermsInWords terms={view.live.terms} /></Card> : null}
          </Section>
          {course ? <Section title="Decisions in the last 30 days" description="What your programs were told when they asked."><Card><DecisionCourseChart course={course} /></Card></Section> : null}
          <Section title="Versions">
            {view.versions.length === 0 && !view.draft ? <p className="text-muted">None yet.</p> : <UseVersions view={view} />}
          </Section>
        </div>
        <div>
          <Section title="People"><Card><People people={view.people} asks={view.live?.asks ?? true} /></Card></Section>
          <Section title="Prompt" actions={<TextLink href={`/studio/prompts/${view.key}`}>Open the prompt</TextLink>}>
            <PromptState prompt={view.prompt} />
            {view.live && !view.live.asks ? (
              <p className="mt-2 text-muted">Nobody is asked. A prompt gives the words in which people see this use on their own pages.</p>
            ) : view.prompt.live === null ? (
              <p className="mt-2 text-muted">Nobody can be asked until a prompt is published.</p>
            ) : null}
          </Section>
          <Section title="In policies"><Citations citations={view.citations} /></Section>
        </div>
      </div>
    </>
  );
}

function Done({ done, view }: { done: string | string[] | undefined; view: UseView }) {
  if (done !== "published" && done !== "discarded") return null;
  return (
    <div className="mb-8">
      <Notice tone="success" result title={done === "published" && view.live ? `Version ${view.live.number} is in force` : "The draft is discarded"}>
        {done === "published" ? view.versions.length > 1 ? "Decisions follow it from this moment, and everybody whose answer does not reach it is asked again." : "Decisions follow it from this moment." : "Everything that was published stays as it is."}
      </Notice>
    </div>
  );
}

function People({ people, asks }: { people: UseView["people"]; asks: boolean }) {
  if (people.total === 0) return <p className="text-muted">Nobody is known to Handshake yet.</p>;
  if (!asks) {
    const no = people.refused + people.withdrawn + people.objected;
    return <p className="text-ink">It needs no permission, so nobody is asked. {no === 0 ? "Nobody has said no to it." : `${no.toLocaleString("en-GB")} of ${people.total.toLocaleString("en-GB")} said no to it, and every no counts.`}</p>;
  }
  const segments: Segment[] = [
    { key: "granted", label: "Granted", value: people.granted, series: seriesOf("yes") },
    { key: "refused", label: "Refused", value: people.refused, series: seriesOf("no") },
    // Nobody can object to what rests on their permission, so most uses know no objection.
    { key: "back", label: people.objected > 0 ? "Withdrawn or objected" : "Withdrawn", value: people.withdrawn + people.objected, series: seriesOf("back") },
    { key: "never", label: "Never asked", value: people.never, series: seriesOf("never") },
  ];
  return <StackedBar title={`${people.total === 1 ? "1 person" : `${people.total.toLocaleString("en-GB")} people`}, by their last answer`} segments={segments} />;
}

function Citations({ citations }: { citations: UseView["citations"] }) {
  if (citations.length === 0) return <p className="text-muted">No policy describes this use yet. Cite it from a clause when you write the next version of a policy.</p>;
  return (
    <ul className="space-y-1.5">
      {citations.map((one) => (
        <li key={`${one.policy} ${one.clause}`}>
          <TextLink href={`/studio/policies/${one.policy}`}>{one.title}</TextLink>
          <span className="text-muted">{`, version ${one.version}, ${one.heading === null ? "introduction" : `clause “${one.heading}”`}`}</span>
        </li>
      ))}
    </ul>
  );
}
