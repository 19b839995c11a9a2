import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { CitationsForm } from "@/components/policy/citations-form";
import { DoneNotice } from "@/components/policy/done-notice";
import { DraftTabs } from "@/components/policy/draft-tabs";
import { StandingBadge } from "@/components/policy/standing-badge";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { Link2 } from "lucide-react";
import { may } from "@/lib/domain/roles";
import { requireStaff, show } from "@/lib/delivery/web/page";
import { readPolicyDraft } from "@/lib/usecases/read-policy-draft";
import { saveCitationsAction } from "../../../actions";

type Props = { params: Promise<{ key: string }>; searchParams: Promise<{ done?: string | string[] }> };

/** Read once a request, for the title and for the page. */
const load = cache(async (key: string) => {
  const staff = await requireStaff(`/studio/policies/${key}/draft/citations`);
  if (!may(staff, "policy.write")) notFound();
  return show(readPolicyDraft(staff, { key }));
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${(await load((await params).key)).policy.title}: citations` };
}

export default async function CitationsPage({ params, searchParams }: Props) {
  const [{ key }, query] = [await params, await searchParams];
  const { policy, draft, clauses, broken, uses } = await load(key);
  return (
    <>
      <PageHeader
        eyebrow={policy.title}
        title={`Writing version ${draft.number}`}
        badge={<StandingBadge standing={draft.standing} />}
        description="Say which data uses each clause describes. Headings begin clauses."
        breadcrumbs={[{ label: "Policies", href: "/studio/policies" }, { label: policy.title, href: `/studio/policies/${key}` }, { label: "Draft" }]}
      />
      <DoneNotice done={query.done} />
      <DraftTabs policy={key} current="citations" canWrite />
      {clauses.length === 0 && broken.length === 0 ? (
        <EmptyState icon={<Link2 />} title="No clauses yet" action={<LinkButton href={`/studio/policies/${key}/draft`}>Write the text</LinkButton>}>Write and save the text first; each heading becomes a clause.</EmptyState>
      ) : (
        <CitationsForm key={draft.revision} action={saveCitationsAction} policy={key} draft={draft.draft} revision={draft.revision} clauses={clauses} broken={broken} uses={uses} />
      )}
    </>
  );
}
