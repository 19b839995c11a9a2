import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { AlsoPublic } from "@/components/policy/also-public";
import { PublishForm } from "@/components/policy/publish-form";
import { Card } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Time } from "@/components/ui/time";
import { may } from "@/lib/domain/roles";
import { requireStaff, show } from "@/lib/delivery/web/page";
import { readPolicy } from "@/lib/usecases/read-policy";
import { publishAction } from "../../actions";

/** Read once a request, for the title and for the page. */
const load = cache(async (key: string) => {
  const staff = await requireStaff(`/studio/policies/${key}/publish`);
  if (!may(staff, "policy.publish")) notFound();
  return { staff, page: await show(readPolicy(staff, { key })) };
});

export async function generateMetadata({ params }: { params: Promise<{ key: string }> }): Promise<Metadata> {
  return { title: `${(await load((await params).key)).page.policy.title}: publish what was imported` };
}

/** Publishing what was imported as it is, without writing anything new. */
export default async function PublishImportedPage({ params }: { params: Promise<{ key: string }> }) {
  const { key } = await params;
  const { staff, page } = await load(key);
  const { policy, waitingHistory: waiting, now } = page;
  if (!waiting) notFound();
  const here = `/studio/policies/${key}`;
  return (
    <>
      <PageHeader
        eyebrow={policy.title}
        title={`Publish version ${waiting.newest}`}
        description={<>It was imported, with the date it had elsewhere: <Time at={waiting.until} show="date" />.</>}
        breadcrumbs={[{ label: "Policies", href: "/studio/policies" }, { label: policy.title, href: here }, { label: "Publish" }]}
      />
      <div className="max-w-2xl space-y-6">
        <AlsoPublic waiting={waiting} less={1} />
        <div className="flex flex-wrap gap-2.5">
          <LinkButton href={`${here}/versions/${waiting.newest}`}>Read version {waiting.newest}</LinkButton>
          {waiting.replaces === null ? null : <LinkButton href={`${here}/compare?from=${waiting.replaces}&to=${waiting.newest}`}>What changed last</LinkButton>}
        </div>
        {waiting.importedByActor && !staff.alone ? (
          <Notice tone="warning" title="Somebody else publishes this">You imported part of it yourself.</Notice>
        ) : (
          <Card>
            <PublishForm action={publishAction} requestId={randomUUID()} policy={policy.key} version={waiting.newest} draft={waiting.draft} revision={waiting.revision} replaces={waiting.replaces} schedulable={false} earliest={now} />
          </Card>
        )}
      </div>
    </>
  );
}
