import { Columns2, Rows3 } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { ComparisonFacts, VersionPicker } from "@/components/policy/comparison-head";
import { ComparisonView } from "@/components/policy/comparison-view";
import { LinkTabs } from "@/components/ui/link-tabs";
import { PageHeader } from "@/components/ui/page-header";
import { localeName } from "@/lib/contract/locale-name";
import { pathNumber } from "@/lib/contract/policy";
import { requireStaff, show } from "@/lib/delivery/web/page";
import { comparePolicyVersions } from "@/lib/usecases/compare-policy-versions";
import { listPolicyVersions } from "@/lib/usecases/list-policy-versions";

type Query = { from?: string | string[]; to?: string | string[]; view?: string | string[]; locale?: string | string[] };
type Props = { params: Promise<{ key: string }>; searchParams: Promise<Query> };

/** Any two versions; with only `to`, that one and the one before it. Read once a request, for the title and for the page. */
const load = cache(async (key: string, older: string | undefined, newer: string | undefined, locale: string | undefined) => {
  const staff = await requireStaff(`/studio/policies/${key}/compare`);
  const versions = await show(listPolicyVersions(staff, { key }));
  const numbers = versions.map((version) => version.number);
  const to = pathNumber.safeParse(newer).data ?? numbers[0];
  const from = pathNumber.safeParse(older).data ?? numbers.find((number) => to !== undefined && number < to) ?? to;
  if (from === undefined || to === undefined) notFound();
  return { versions, from, to, comparison: await show(comparePolicyVersions(staff, { key, from, to, locale })) };
});

const single = (value: string | string[] | undefined) => (typeof value === "string" ? value : undefined);

async function loadFor({ params, searchParams }: Props) {
  const [{ key }, { from, to, view, locale }] = [await params, await searchParams];
  return { key, view: view === "side" ? "side" as const : "inline" as const, ...(await load(key, single(from), single(to), single(locale))) };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: `${(await loadFor(props)).comparison.policy.title}: versions compared` };
}

export default async function ComparePage(props: Props) {
  const { key, view, versions, from, to, comparison } = await loadFor(props);
  const here = `/studio/policies/${key}`;
  const address = (more: { view?: string; locale?: string }) =>
    `${here}/compare?${new URLSearchParams({ from: String(from), to: String(to), view: more.view ?? view, locale: more.locale ?? comparison.locale })}`;
  return (
    <>
      <PageHeader title="What changed" eyebrow={comparison.policy.title} breadcrumbs={[{ label: "Policies", href: "/studio/policies" }, { label: comparison.policy.title, href: here }, { label: "Compare" }]} />
      <div className="mb-8 space-y-6">
        <VersionPicker action={`${here}/compare`} versions={versions.map((version) => ({ ...version, note: version.draft ? "draft" : undefined }))} from={from} to={to} view={view} />
        <ComparisonFacts comparison={comparison} />
      </div>
      {comparison.locales.length > 1 ? <LinkTabs label="Languages" current={address({})} tabs={comparison.locales.map((one) => ({ href: address({ locale: one }), label: localeName(one) }))} /> : null}
      <div className="hidden lg:block">
        <LinkTabs label="How it is shown" current={address({})} tabs={[{ href: address({ view: "inline" }), label: "In one text", icon: <Rows3 /> }, { href: address({ view: "side" }), label: "Side by side", icon: <Columns2 /> }]} />
      </div>
      <ComparisonView blocks={comparison.blocks} locale={comparison.locale} look={view} />
    </>
  );
}
