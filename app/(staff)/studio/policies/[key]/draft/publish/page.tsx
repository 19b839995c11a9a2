import { randomUUID } from "node:crypto";
import { GitCompareArrows, Hourglass } from "lucide-react";
import type { Metadata } from "next";
import { cache } from "react";
import { ActForm } from "@/components/policy/act-form";
import { AlsoPublic } from "@/components/policy/also-public";
import { ClauseText } from "@/components/policy/clause-text";
import { DoneNotice } from "@/components/policy/done-notice";
import { DraftTabs } from "@/components/policy/draft-tabs";
import { PublishForm } from "@/components/policy/publish-form";
import { StandingBadge } from "@/components/policy/standing-badge";
import { Card } from "@/components/ui/card";
import { KeyValues } from "@/components/ui/key-values";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { absoluteTime, Time } from "@/components/ui/time";
import { localeName } from "@/lib/contract/locale-name";
import type { PolicyDraftPage } from "@/lib/contract/policy-views";
import { may } from "@/lib/domain/roles";
import { requireStaff, show } from "@/lib/delivery/web/page";
import { readPolicyDraft } from "@/lib/usecases/read-policy-draft";
import { readPolicyVersion } from "@/lib/usecases/read-policy-version";
import { proposeAction, publishAction } from "../../../actions";

type Props = { params: Promise<{ key: string }>; searchParams: Promise<{ done?: string | string[] }> };

/** Read once a request, for the title and for the page. */
const load = cache(async (key: string) => {
  const staff = await requireStaff(`/studio/policies/${key}/draft/publish`);
  return { staff, page: await show(readPolicyDraft(staff, { key })) };
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${(await load((await params).key)).page.policy.title}: review` };
}

export default async function ReviewPage({ params, searchParams }: Props) {
  const [{ key }, query] = [await params, await searchParams];
  const { staff, page } = await load(key);
  const { policy, draft } = page;
  const { text } = await show(readPolicyVersion(staff, { key, number: draft.number }));
  const canWrite = may(staff, "policy.write");
  const seen = { key, draft: draft.draft, revision: String(draft.revision) };
  return (
    <>
      <PageHeader
        eyebrow={policy.title}
        title={`Version ${draft.number}`}
        badge={<StandingBadge standing={draft.standing} />}
        breadcrumbs={[{ label: "Policies", href: "/studio/policies" }, { label: policy.title, href: `/studio/policies/${key}` }, { label: "Draft" }]}
        actions={draft.replaces === null ? null : <LinkButton icon={<GitCompareArrows />} href={`/studio/policies/${key}/compare?from=${draft.replaces}&to=${draft.number}`}>What changes</LinkButton>}
      />
      <DoneNotice done={query.done} />
      <DraftTabs policy={key} current="publish" canWrite={canWrite} />
      <div className="grid grid-cols-1 gap-8 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="min-w-0 xl:order-2">
          <div className="space-y-5 xl:sticky xl:top-4">
            <Card title="This version"><KeyValues layout="stacked" items={facts(page)} /></Card>
            <AlsoPublic waiting={page.waitingHistory} less={0} />
            {canWrite && !draft.proposedAt ? (
              <Card title="Ready?">
                <p className="mb-4 text-muted">Ask somebody who may publish to look at it. {page.broken.length > 0 ? "First settle the citations that have lost their clause." : ""}</p>
                <ActForm action={proposeAction} fields={seen} label="Ask for approval" pendingLabel="Asking…" icon={<Hourglass />} />
              </Card>
            ) : null}
            <Publish page={page} mayPublish={may(staff, "policy.publish")} />
          </div>
        </div>
        <div className="min-w-0"><Section title="The text">
          <Card padding="lg">
            <h3 className="mb-6 font-serif text-2xl font-medium text-ink" lang={text.locale}>{text.title}</h3>
            <ClauseText text={text} />
          </Card>
        </Section></div>
      </div>
    </>
  );
}

function Publish({ page: { policy, draft, scheduledBefore, own, now }, mayPublish }: { page: PolicyDraftPage & { now: Date }; mayPublish: boolean }) {
  if (!draft.proposedAt) return mayPublish ? <Notice tone="info" title="Still being written">It can be published once its author asks for approval.</Notice> : null;
  if (!mayPublish) return <Notice tone="info" title="Waiting for approval">Somebody who may publish decides about it now.</Notice>;
  if (own) return <Notice tone="warning" title="Somebody else publishes this">You wrote or imported part of it yourself.</Notice>;
  return (
    <Card title="Publish">
      {scheduledBefore ? <p className="mb-4 text-sm text-muted">Version {scheduledBefore.number} is scheduled for {absoluteTime(scheduledBefore.from, "datetime")}; this one can only come into force after it.</p> : null}
      <PublishForm action={publishAction} requestId={randomUUID()} policy={policy.key} version={draft.number} draft={draft.draft} revision={draft.revision} replaces={draft.replaces} schedulable earliest={scheduledBefore?.from ?? now} />
    </Card>
  );
}

/** Whom publishing asks; the first version has nobody to ask again. */
function asking(asks: PolicyDraftPage["policy"]["asks"], { replaces, editorial }: PolicyDraftPage["draft"]) {
  if (asks === "nothing") return [];
  if (replaces === null) return [{ label: "Asks people", value: "Yes, everybody it is for" }];
  return [{ label: "Asks people again", value: editorial ? "No, only the wording changed" : "Yes, everybody who answered an earlier version" }];
}

function facts({ policy, draft, texts }: PolicyDraftPage) {
  return [
    { label: "Written by", value: draft.authors.join(", ") },
    { label: "Last saved", value: <Time at={draft.updatedAt} /> },
    { label: "Takes the place of", value: draft.replaces === null ? "Nothing, it is the first" : `Version ${draft.replaces}` },
    { label: draft.replaces === null ? "Note on this version" : "What changed", value: draft.changeNote || "No note" },
    ...asking(policy.asks, draft),
    ...(texts.length > 1 ? [{ label: "Languages", value: texts.map((text) => localeName(text.locale)).join(", ") }] : []),
  ];
}
