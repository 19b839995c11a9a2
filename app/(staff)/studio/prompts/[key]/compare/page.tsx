import type { Metadata } from "next";
import { ArrowLeftRight } from "lucide-react";
import { ComparePicker } from "@/components/use/compare-picker";
import { WordingComparison } from "@/components/prompt/wording-comparison";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { comparedVersions } from "@/lib/contract/use";
import { requireStaff, show } from "@/lib/delivery/web/page";
import { comparePromptVersions } from "@/lib/usecases/compare-prompt-versions";

type Params = Promise<{ key: string }>;
type Query = Promise<Record<string, string | string[] | undefined>>;

export const metadata: Metadata = { title: "Compare wording" };

export default async function ComparePromptPage({ params, searchParams }: { params: Params; searchParams: Query }) {
  const [{ key }, query] = await Promise.all([params, searchParams]);
  const staff = await requireStaff(`/studio/prompts/${key}/compare`);
  const view = await show(comparePromptVersions(staff, key, comparedVersions.parse(query)));
  const { compared } = view;
  return (
    <>
      <PageHeader
        eyebrow="Prompt"
        title="Compare wording"
        description={view.name}
        breadcrumbs={[{ label: "Prompts", href: "/studio/prompts" }, { label: view.name, href: `/studio/prompts/${view.key}` }, { label: "Compare" }]}
      />
      {compared ? (
        <>
          <ComparePicker action={`/studio/prompts/${view.key}/compare`} versions={view.versions} from={compared.from} to={compared.to} />
          <div className="mt-8 max-w-4xl"><WordingComparison compared={compared} /></div>
        </>
      ) : (
        <EmptyState icon={<ArrowLeftRight />} title="Only one version so far" action={<LinkButton href={`/studio/prompts/${view.key}`}>Back to the prompt</LinkButton>}>
          As soon as there are two, they can be compared here.
        </EmptyState>
      )}
    </>
  );
}
