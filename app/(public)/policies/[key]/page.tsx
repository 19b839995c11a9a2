import type { Metadata } from "next";
import { Announcements, Languages, PublicFoot, PublicHead, StandingSentence } from "@/components/policy/public-head";
import { PublicHistory } from "@/components/policy/public-history";
import { PublicText } from "@/components/policy/public-text";
import { TextLink } from "@/components/ui/text-link";
import { pathNumber } from "@/lib/contract/policy";
import { show } from "@/lib/delivery/web/page";
import { comparisonPath, policyPath, versionPath } from "@/lib/delivery/web/policy-paths";
import { readPublicPolicy } from "@/lib/usecases/read-public-policy";

type Props = { params: Promise<{ key: string }>; searchParams: Promise<{ before?: string | string[]; locale?: string | string[] }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { key } = await params;
  const { policy, version, organisation } = await show(readPublicPolicy({ key }));
  const here = policyPath(key);
  return {
    title: { absolute: `${version.title} · ${organisation}` },
    description: `${policy.title}: the version in force, every version there was, and what changed.`,
    alternates: { canonical: here, types: { "text/markdown": `${here}.md`, "application/json": `${here}.json` } },
  };
}

/** The policy in force, for anyone. */
export default async function PublicPolicyPage({ params, searchParams }: Props) {
  const [{ key }, query] = [await params, await searchParams];
  const below = pathNumber.safeParse(query.before).data;
  const page = await show(readPublicPolicy({ key, below, locale: typeof query.locale === "string" ? query.locale : undefined }));
  const { policy, version, history, announced } = page;
  const here = policyPath(key);
  const others = announced.filter((one) => one.number !== version.number);
  return (
    <>
      <PublicHead eyebrow={`Policy for ${policy.audience}`} title={version.title} lang={version.locale}>
        <StandingSentence version={version} />
        {version.replaces === null ? null : <span className="print:hidden"><TextLink href={comparisonPath(key, version.replaces, version.number)}>What changed</TextLink></span>}
        <span className="print:hidden"><TextLink href={`${here}#history`}>Every version</TextLink></span>
        <Languages version={version} here={here} />
      </PublicHead>
      <Announcements policy={key} announced={others} inForce={version.standing === "in-force" ? version.number : null} />
      <PublicText version={version} />
      <div className="mt-16 max-w-[60rem]">
        <PublicHistory
          policy={key}
          history={history}
          total={page.total}
          newerHref={below === undefined ? undefined : `${here}#history`}
          olderHref={page.older === null ? undefined : `${here}?before=${page.older}#history`}
        />
        <PublicFoot policy={policy} address={here} digest={version.digest} />
        <p className="mt-3 hidden text-sm text-muted print:block">{versionPath(key, version.number)}</p>
      </div>
    </>
  );
}
