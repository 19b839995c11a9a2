import { Columns2, Rows3 } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { ComparisonFacts, VersionPicker } from "@/components/policy/comparison-head";
import { ComparisonView } from "@/components/policy/comparison-view";
import { PublicFoot, PublicHead } from "@/components/policy/public-head";
import { LinkTabs } from "@/components/ui/link-tabs";
import { TextLink } from "@/components/ui/text-link";
import { ownLocaleName } from "@/lib/contract/locale-name";
import { pathNumber } from "@/lib/contract/policy";
import { show } from "@/lib/delivery/web/page";
import { comparisonPath, policyPath, versionPath } from "@/lib/delivery/web/policy-paths";
import { comparePublicPolicyVersions } from "@/lib/usecases/compare-public-policy-versions";

type Props = { params: Promise<{ key: string; from: string; to: string }>; searchParams: Promise<{ view?: string | string[]; locale?: string | string[] }> };

/** Read once a request, for the title and for the page. */
const load = cache(async (key: string, older: string, newer: string, locale: string | undefined) => {
  const [from, to] = [pathNumber.safeParse(older).data, pathNumber.safeParse(newer).data];
  if (from === undefined || to === undefined) notFound();
  return { from, to, comparison: await show(comparePublicPolicyVersions({ key, from, to, locale })) };
});

async function loadFor({ params, searchParams }: Props) {
  const [{ key, from, to }, { view, locale }] = [await params, await searchParams];
  return { key, view: view === "side" ? "side" as const : "inline" as const, ...(await load(key, from, to, typeof locale === "string" ? locale : undefined)) };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { from, to, comparison } = await loadFor(props);
  return { title: { absolute: `${comparison.policy.title}: what changed from version ${from} to ${to} · ${comparison.organisation}` } };
}

/** The difference between two versions at its stable address. */
export default async function PublicComparisonPage(props: Props) {
  const { key, from, to, view, comparison } = await loadFor(props);
  const here = comparisonPath(key, from, to);
  const address = (more: { view?: string; locale?: string }) => `${here}?${new URLSearchParams({ view: more.view ?? view, locale: more.locale ?? comparison.locale })}`;
  return (
    <>
      <PublicHead eyebrow={<a href={policyPath(key)} className="underline-offset-4 hover:underline">{comparison.policy.title}</a>} title="What changed">
        <span className="print:hidden"><TextLink href={versionPath(key, from)}>Read version {from}</TextLink></span>
        <span className="print:hidden"><TextLink href={versionPath(key, to)}>Read version {to}</TextLink></span>
      </PublicHead>
      <div className="mb-8 max-w-3xl space-y-6">
        <VersionPicker action={`${policyPath(key)}/compare`} versions={comparison.versions} from={from} to={to} view={view} />
        <ComparisonFacts comparison={comparison} />
      </div>
      {comparison.locales.length > 1 ? <LinkTabs label="Languages" current={address({})} tabs={comparison.locales.map((one) => ({ href: address({ locale: one }), label: ownLocaleName(one), lang: one }))} /> : null}
      <div className="hidden lg:block print:hidden">
        <LinkTabs label="How it is shown" current={address({})} tabs={[{ href: address({ view: "inline" }), label: "In one text", icon: <Rows3 /> }, { href: address({ view: "side" }), label: "Side by side", icon: <Columns2 /> }]} />
      </div>
      <ComparisonView blocks={comparison.blocks} locale={comparison.locale} look={view} />
      <PublicFoot policy={comparison.policy} address={here} />
    </>
  );
}
