import { ArrowLeft, ArrowRight } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { Languages, PublicFoot, PublicHead, StandingSentence } from "@/components/policy/public-head";
import { PublicText } from "@/components/policy/public-text";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";
import { pathNumber } from "@/lib/contract/policy";
import { show } from "@/lib/delivery/web/page";
import { comparisonPath, policyPath, versionPath } from "@/lib/delivery/web/policy-paths";
import { readPublicPolicyVersion } from "@/lib/usecases/read-public-policy-version";

type Props = { params: Promise<{ key: string; number: string }>; searchParams: Promise<{ locale?: string | string[] }> };

/** Read once a request, for the title and for the page. */
const load = cache(async (key: string, written: string, locale: string | undefined) => {
  const number = pathNumber.safeParse(written).data;
  if (number === undefined) notFound();
  return { number, page: await show(readPublicPolicyVersion({ key, number, locale })) };
});

async function loadFor({ params, searchParams }: Props) {
  const [{ key, number }, { locale }] = [await params, await searchParams];
  return { key, ...(await load(key, number, typeof locale === "string" ? locale : undefined)) };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { key, number, page } = await loadFor(props);
  const here = versionPath(key, number);
  return { title: { absolute: `${page.version.title}, version ${number} · ${page.organisation}` }, alternates: { canonical: here, types: { "text/markdown": `${here}.md`, "application/json": `${here}.json` } } };
}

/** One version at its stable address: it reads the same for good. */
export default async function PublicVersionPage(props: Props) {
  const { key, number, page } = await loadFor(props);
  const { policy, version, before, after, inForce } = page;
  const here = versionPath(key, number);
  return (
    <>
      <PublicHead eyebrow={<a href={policyPath(key)} className="underline-offset-4 hover:underline">{policy.title}</a>} title={version.title} lang={version.locale}>
        <StandingSentence version={version} />
        {before === null ? null : <span className="print:hidden"><TextLink href={comparisonPath(key, before, number)}>What changed</TextLink></span>}
        <Languages version={version} here={here} />
      </PublicHead>
      {version.standing === "in-force" ? null : (
        <div className="mb-8 max-w-3xl">
          <Notice tone="info" title={version.standing === "announced" ? "This version is announced, and not in force yet" : "This version is no longer in force"}>
            {inForce === null ? "No version is in force now." : <><TextLink href={policyPath(key)}>Read version {inForce}</TextLink>, which is in force now, or <TextLink href={comparisonPath(key, Math.min(number, inForce), Math.max(number, inForce))}>see the difference</TextLink>.</>}
          </Notice>
        </div>
      )}
      {version.changeNote ? <p className="mb-8 max-w-3xl border-l-2 border-accent-line pl-4 font-serif text-lg text-muted">{version.changeNote}</p> : null}
      <PublicText version={version} />
      <div className="mt-14 max-w-[60rem]">
        <nav aria-label="Versions before and after" className="flex flex-wrap justify-between gap-3 print:hidden">
          {before === null ? <span /> : <LinkButton href={versionPath(key, before)} icon={<ArrowLeft />} rel="prev">Version {before}</LinkButton>}
          {after === null ? null : <LinkButton href={versionPath(key, after)} iconEnd={<ArrowRight />} rel="next">Version {after}</LinkButton>}
        </nav>
        <PublicFoot policy={policy} address={here} digest={version.digest} />
      </div>
    </>
  );
}
