import { randomUUID } from "node:crypto";
import { BadgeCheck, CalendarX2, ExternalLink, GitCompareArrows, PackageOpen, PencilLine, Trash2 } from "lucide-react";
import type { Metadata } from "next";
import { cache } from "react";
import { ActForm } from "@/components/policy/act-form";
import { ConfirmForm } from "@/components/policy/confirm-form";
import { DoneNotice } from "@/components/policy/done-notice";
import { StandingBadge } from "@/components/policy/standing-badge";
import { VersionTable } from "@/components/policy/version-table";
import { Card } from "@/components/ui/card";
import { CursorPagination } from "@/components/ui/cursor-pagination";
import { EmptyState } from "@/components/ui/empty-state";
import { KeyValues } from "@/components/ui/key-values";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { asksWords, pathNumber } from "@/lib/contract/policy";
import type { PolicyPage } from "@/lib/contract/policy-views";
import { may } from "@/lib/domain/roles";
import { requireStaff, show } from "@/lib/delivery/web/page";
import { readPolicy } from "@/lib/usecases/read-policy";
import { cancelAction, discardImportAction, startDraftAction } from "../actions";

type Props = { params: Promise<{ key: string }>; searchParams: Promise<{ below?: string | string[]; done?: string | string[] }> };

/** Read once a request, for the title and for the page. */
const load = cache(async (key: string, below: number | undefined) => {
  const staff = await requireStaff(`/studio/policies/${key}`);
  return { staff, page: await show(readPolicy(staff, { key, below })) };
});

async function loadFor({ params, searchParams }: Props) {
  const [{ key }, { below }] = [await params, await searchParams];
  return load(key, pathNumber.safeParse(below).data);
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: (await loadFor(props)).page.policy.title };
}

export default async function PolicyPageView(props: Props) {
  const [{ staff, page }, query] = [await loadFor(props), await props.searchParams];
  const { policy, inForce, draft, total, newest, oldest } = page;
  const here = `/studio/policies/${policy.key}`;
  const canWrite = may(staff, "policy.write");
  return (
    <>
      <PageHeader
        title={policy.title}
        badge={inForce ? <StandingBadge standing="in-force" /> : null}
        breadcrumbs={[{ label: "Policies", href: "/studio/policies" }, { label: policy.title }]}
        description={`For ${policy.audience}. ${policy.asks === "nothing" ? "Nobody is asked about it." : `People are asked ${asksWords[policy.asks].label.toLowerCase()}.`}`}
        actions={
          <>
            {inForce ? <LinkButton href={`/policies/${policy.key}`} icon={<ExternalLink />}>Public page</LinkButton> : null}
            {total > 1 ? <LinkButton href={`${here}/compare?from=${oldest}&to=${newest}`} icon={<GitCompareArrows />}>Compare versions</LinkButton> : null}
            {draft ? <LinkButton variant="primary" href={`${here}/draft${canWrite ? "" : "/publish"}`} icon={<PencilLine />}>Open the draft</LinkButton> : null}
            {!draft && canWrite ? <ActForm action={startDraftAction} fields={{ key: policy.key }} label="Write a new version" pendingLabel="Opening…" icon={<PencilLine />} /> : null}
          </>
        }
      />
      <DoneNotice done={query.done} />
      <div className="grid grid-cols-1 gap-5 lg:grid-cols-2">
        <InForce page={page} here={here} />
        {draft ? <Draft draft={draft} here={here} /> : null}
        {page.waitingHistory ? <Imported page={page} here={here} canPublish={may(staff, "policy.publish")} canImport={may(staff, "policy.import")} /> : null}
        {page.scheduled.map((version) => (
          <Card key={version.number} title={`Version ${version.number} is scheduled`} actions={<StandingBadge standing="scheduled" size="sm" />}>
            <p className="text-muted">It comes into force on {version.inForceFrom ? <Time at={version.inForceFrom} show="both" now={page.now} /> : null}. Until then people can read it as announced.</p>
            <div className="mt-4 flex flex-wrap items-center gap-2.5">
              <LinkButton size="sm" href={`${here}/versions/${version.number}`}>Read it</LinkButton>
              {may(staff, "policy.publish") ? (
                <ConfirmForm
                  action={cancelAction}
                  fields={{ requestId: randomUUID(), key: policy.key, version: String(version.number) }}
                  label="Call it off"
                  size="sm"
                  icon={<CalendarX2 />}
                  title={`Call version ${version.number} off?`}
                  description="It then never comes into force, and people no longer see it announced. Everything else stays as it is."
                  confirmLabel={`Call version ${version.number} off`}
                />
              ) : null}
            </div>
          </Card>
        ))}
      </div>
      <Section title="Versions" description={total === 0 ? undefined : `${total} ${total === 1 ? "version" : "versions"}, newest first.`}>
        {page.versions.length === 0 ? (
          <EmptyState icon={<BadgeCheck />} title="No versions yet">The first one appears here once it is published or imported.</EmptyState>
        ) : (
          <Card padding="none"><VersionTable policy={policy.key} versions={page.versions} oldest={oldest} /></Card>
        )}
        <CursorPagination newerHref={page.newer === null ? undefined : `${here}?below=${page.newer}`} olderHref={page.older === null ? undefined : `${here}?below=${page.older}`} />
      </Section>
      {policy.source || policy.licence || policy.attribution ? (
        <Section title="Where its history comes from">
          <Card><KeyValues items={sourceFacts(policy)} /></Card>
        </Section>
      ) : null}
    </>
  );
}

function InForce({ page: { inForce }, here }: { page: PolicyPage; here: string }) {
  if (!inForce) return <Card title="Nothing is in force yet" tone="sunken"><p className="text-muted">People cannot read this policy until a version is published.</p></Card>;
  return (
    <Card title={`Version ${inForce.number} is in force`} actions={<StandingBadge standing="in-force" size="sm" />}>
      <p className="text-muted">
        Since {inForce.inForceFrom ? <Time at={inForce.inForceFrom} show="date" /> : null}
        {inForce.publishedBy ? `, published by ${inForce.publishedBy}` : ""}. {inForce.changeNote}
      </p>
      <div className="mt-4"><LinkButton size="sm" href={`${here}/versions/${inForce.number}`}>Read it</LinkButton></div>
    </Card>
  );
}

function Draft({ draft, here }: { draft: NonNullable<PolicyPage["draft"]>; here: string }) {
  return (
    <Card title={`Version ${draft.number} is being written`} actions={<StandingBadge standing={draft.standing} size="sm" />}>
      <p className="text-muted">
        By {draft.authors.join(", ")}, last saved <Time at={draft.updatedAt} />. {draft.proposedAt ? "It waits for somebody else to publish it." : ""}
      </p>
      <div className="mt-4 flex flex-wrap items-center gap-2.5">
        <LinkButton size="sm" href={`${here}/draft/publish`} {...(draft.proposedAt ? { variant: "primary" as const } : {})}>{draft.proposedAt ? "Review and publish" : "Review"}</LinkButton>
        {draft.replaces === null ? null : <LinkButton size="sm" href={`${here}/compare?from=${draft.replaces}&to=${draft.number}`}>What changes</LinkButton>}
      </div>
    </Card>
  );
}

function Imported({ page: { policy, waitingHistory: waiting }, here, canPublish, canImport }: { page: PolicyPage; here: string; canPublish: boolean; canImport: boolean }) {
  if (!waiting) return null;
  return (
    <Card title={`${waiting.count} imported ${waiting.count === 1 ? "version is" : "versions are"} not public yet`} actions={<StandingBadge standing="imported" size="sm" />}>
      <p className="text-muted">
        From <Time at={waiting.from} show="date" /> to <Time at={waiting.until} show="date" />. They become public together with the next version that is published, or on their own.
      </p>
      <div className="mt-4 flex flex-wrap items-center gap-2.5">
        {canPublish ? <LinkButton size="sm" variant="primary" icon={<BadgeCheck />} href={`${here}/publish`}>Review and publish</LinkButton> : null}
        {canImport ? <LinkButton size="sm" icon={<PackageOpen />} href={`/studio/policies/import?into=${policy.key}`}>Import more</LinkButton> : null}
        {canImport ? (
          <ConfirmForm
            action={discardImportAction}
            fields={{ key: policy.key }}
            label="Discard"
            size="sm"
            icon={<Trash2 />}
            title="Discard the imported versions?"
            description="They are removed from here; nothing of them was public. You can import them again."
            confirmLabel="Discard them"
          />
        ) : null}
      </div>
    </Card>
  );
}

function sourceFacts({ source, licence, attribution }: PolicyPage["policy"]) {
  const facts = { Source: source, Licence: licence, "To be credited": attribution };
  return Object.entries(facts).flatMap(([label, value]) => (value ? [{ label, value }] : []));
}
