import { ArrowLeft, ArrowRight, GitCompareArrows, RotateCcw } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { ActForm } from "@/components/policy/act-form";
import { ClauseText } from "@/components/policy/clause-text";
import { StandingBadge } from "@/components/policy/standing-badge";
import { Card } from "@/components/ui/card";
import { Disclosure } from "@/components/ui/disclosure";
import { KeyValues } from "@/components/ui/key-values";
import { LinkButton } from "@/components/ui/link-button";
import { LinkTabs } from "@/components/ui/link-tabs";
import { PageHeader } from "@/components/ui/page-header";
import { Time } from "@/components/ui/time";
import { localeName } from "@/lib/contract/locale-name";
import { pathNumber } from "@/lib/contract/policy";
import type { PolicyVersionPage } from "@/lib/contract/policy-views";
import { may } from "@/lib/domain/roles";
import { requireStaff, show } from "@/lib/delivery/web/page";
import { readPolicyVersion } from "@/lib/usecases/read-policy-version";
import { startDraftAction } from "../../../actions";

type Props = { params: Promise<{ key: string; number: string }>; searchParams: Promise<{ locale?: string | string[] }> };

/** Read once a request, for the title and for the page. */
const load = cache(async (key: string, written: string, locale: string | undefined) => {
  const number = pathNumber.safeParse(written).data;
  if (number === undefined) notFound();
  const staff = await requireStaff(`/studio/policies/${key}/versions/${number}`);
  return { number, staff, page: await show(readPolicyVersion(staff, { key, number, locale })) };
});

async function loadFor({ params, searchParams }: Props) {
  const [{ key, number }, { locale }] = [await params, await searchParams];
  return load(key, number, typeof locale === "string" ? locale : undefined);
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { number, page } = await loadFor(props);
  return { title: `${page.policy.title}: version ${number}` };
}

export default async function PolicyVersionView(props: Props) {
  const { number, staff, page } = await loadFor(props);
  const { policy, version, text, before, after, locales } = page;
  const here = `/studio/policies/${policy.key}`;
  const canRestore = may(staff, "policy.write") && !page.hasDraft && version.standing !== "in-force";
  return (
    <>
      <PageHeader
        eyebrow={policy.title}
        title={`Version ${number}`}
        badge={<StandingBadge standing={version.standing} />}
        breadcrumbs={[{ label: "Policies", href: "/studio/policies" }, { label: policy.title, href: here }, { label: `Version ${number}` }]}
        description={version.changeNote || undefined}
        actions={
          <>
            {before === null ? null : <LinkButton href={`${here}/versions/${before}`} icon={<ArrowLeft />}>{`Version ${before}`}</LinkButton>}
            {after === null ? null : <LinkButton href={`${here}/versions/${after}`} iconEnd={<ArrowRight />}>{`Version ${after}`}</LinkButton>}
            {before === null ? null : <LinkButton href={`${here}/compare?from=${before}&to=${number}`} icon={<GitCompareArrows />}>What changed</LinkButton>}
            {canRestore ? <ActForm action={startDraftAction} fields={{ key: policy.key, from: String(number) }} variant="secondary" icon={<RotateCcw />} label="Restore as a new draft" pendingLabel="Restoring…" /> : null}
          </>
        }
      />
      {locales.length > 1 ? <LinkTabs label="Languages" current={`${here}/versions/${number}?locale=${text.locale}`} tabs={locales.map((locale) => ({ href: `${here}/versions/${number}?locale=${locale}`, label: localeName(locale) }))} /> : null}
      <Card padding="lg">
        <h2 className="mb-6 font-serif text-2xl font-medium text-ink" lang={text.locale}>{text.title}</h2>
        <ClauseText text={text} />
      </Card>
      <div className="mt-6"><Disclosure summary="Dates, people and proof"><Card><KeyValues items={facts(version)} /></Card></Disclosure></div>
    </>
  );
}

function facts(version: PolicyVersionPage["version"]) {
  const { inForceFrom, publishedAt, publishedBy, cancelledAt, authors, origin, sourceFile, digest, entryIndex } = version;
  return [
    ...(inForceFrom ? [{ label: "In force from", value: <Time at={inForceFrom} /> }] : []),
    { label: origin === "imported" ? "Imported by" : "Written by", value: authors.join(", ") },
    ...(sourceFile ? [{ label: "Imported from", value: sourceFile }] : []),
    ...(publishedAt ? [{ label: "Published", value: <><Time at={publishedAt} />{publishedBy ? ` by ${publishedBy}` : ""}</> }] : []),
    ...(cancelledAt ? [{ label: "Called off", value: <Time at={cancelledAt} /> }] : []),
    { label: "Asks people", value: version.editorial ? "No, only the wording changed" : "Yes" },
    ...(entryIndex === null ? [] : [{ label: "Ledger entry", value: <a className="text-accent underline underline-offset-4" href={`/studio/ledger/${entryIndex}`}>{entryIndex}</a> }]),
    ...(digest ? [{ label: "Digest (SHA-256)", value: <span className="break-all font-mono text-xs">{digest}</span> }] : []),
  ];
}
