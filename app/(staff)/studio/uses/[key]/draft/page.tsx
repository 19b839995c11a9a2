import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { cache } from "react";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { RelationBadge } from "@/components/ui/relation-badge";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import { Comparison } from "@/components/use/comparison";
import { DiscardUse, ProposeUse, PublishUse } from "@/components/use/draft-actions";
import { UseDraftForm } from "@/components/use/draft-form";
import { EffectOfPublishing } from "@/components/use/effect";
import { TermsInWords } from "@/components/use/terms-in-words";
import type { UseDraftView } from "@/lib/contract/use";
import { requireStaff, show } from "@/lib/delivery/web/page";
import { readDataUseDraft } from "@/lib/usecases/read-data-use-draft";
import { discardUseAction, proposeUseAction, publishUseAction, saveUseAction } from "../actions";

type Params = Promise<{ key: string }>;
type Query = Promise<Record<string, string | string[] | undefined>>;

/** Read once a request, for the title and for the page. */
const load = cache(async (key: string) => show(readDataUseDraft(await requireStaff(`/studio/uses/${key}/draft`), key)));

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  return { title: `${(await load((await params).key)).name}: draft` };
}

const results: Readonly<Record<string, string>> = {
  created: "The data use is created. Now write its terms.",
  saved: "The draft is saved.",
  proposed: "Approval is asked for. Somebody else publishes it.",
};

export default async function UseDraftPage({ params, searchParams }: { params: Params; searchParams: Query }) {
  const [{ key }, { done }] = await Promise.all([params, searchParams]);
  const view = await load(key);
  const result = typeof done === "string" ? results[done] : undefined;
  return (
    <>
      <PageHeader
        eyebrow="Data use"
        title={view.name}
        breadcrumbs={[{ label: "Data uses", href: "/studio/uses" }, { label: view.name, href: `/studio/uses/${view.key}` }, { label: `Draft of version ${view.number}` }]}
        badge={<StatusBadge status={view.state} detail={`version ${view.number}`} />}
        description={<p className="text-base">{`Written by ${view.authors.join(" and ")}, saved `}<Time at={view.updatedAt} /></p>}
      />
      {result && !view.can.write ? <div className="mb-6"><Notice tone="success" result>{result}</Notice></div> : null}
      <div className="grid grid-cols-1 items-start gap-8 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        {view.can.write ? <UseDraftForm action={saveUseAction} view={view} result={result} /> : <Summary view={view} />}
        <aside aria-label="What this draft says and does" className="space-y-6">
          <NextStep view={view} />
          {view.compared ? (
            <Card as="section" title={`Against version ${view.compared.from}`} actions={<RelationBadge relation={view.compared.overall} />}>
              <Comparison compared={view.compared} />
            </Card>
          ) : null}
          {view.can.write ? <Summary view={view} /> : null}
        </aside>
      </div>
    </>
  );
}

function Summary({ view }: { view: UseDraftView }) {
  return (
    <Card as="section" title="In plain words" description="The draft as it is saved, as people will read it.">
      <TermsInWords terms={view.described} layout="stacked" />
      {view.hints.length > 0 ? (
        <div className="mt-5 border-t border-line pt-4">
          <p className="text-sm font-medium text-ink">Worth another look</p>
          <ul className="mt-1 list-disc space-y-1 pl-5 text-sm text-muted">{view.hints.map((hint) => <li key={hint}>{hint}</li>)}</ul>
        </div>
      ) : null}
    </Card>
  );
}

/** What publishing would do, and the one button that is next for whoever looks. */
function NextStep({ view }: { view: UseDraftView }) {
  return (
    <Card
      as="section"
      title={view.can.publish ? "Publish" : "What publishing would do"}
      footer={view.can.write ? <DiscardUse action={discardUseAction} seen={view} number={view.number} /> : undefined}
    >
      <div className="space-y-4">
        {view.open.length > 0 ? (
          <div className="text-ink">
            <p className="font-medium">Before it can be approved</p>
            <ul className="mt-1 list-disc space-y-1 pl-5">{view.open.map((one) => <li key={one}>{one}</li>)}</ul>
          </div>
        ) : (
          <EffectOfPublishing effect={view.effect} />
        )}
        {view.state === "waiting" && view.proposedAt ? <p className="text-sm text-muted">Approval asked for <Time at={view.proposedAt} />.{view.can.write ? " Saving again takes the request back." : null}</p> : null}
        {view.can.write && view.state === "draft" && view.open.length === 0 ? <ProposeUse action={proposeUseAction} seen={view} /> : null}
        {view.can.publish && view.open.length === 0 ? <Publish view={view} /> : null}
      </div>
    </Card>
  );
}

function Publish({ view }: { view: UseDraftView }) {
  if (view.own) return <p className="text-muted">You wrote on this version, so somebody else publishes it.</p>;
  if (view.state === "draft") return <p className="text-muted">It can be published once its author asks for approval.</p>;
  return (
    <PublishUse
      action={publishUseAction}
      seen={view}
      number={view.number}
      live={view.live?.number ?? null}
      compared={view.compared}
      effect={view.effect}
      requestId={randomUUID()}
    />
  );
}
