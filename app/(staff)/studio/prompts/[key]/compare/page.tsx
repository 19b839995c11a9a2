import type { Metadata } from "next";
import { cache } from "react";
import { ArrowLeftRight } from "lucide-react";
import { ComparePicker } from "@/components/use/compare-picker";
import { WordingComparison } from "@/components/prompt/wording-comparison";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { comparedVersions } from "@/lib/contract/use";
import { requireStaff, show } from "@/lib/delivery/web/page";
import { comparePromptVersions } from "@/lib/usecases/compare-prompt-versions";

type Props = { params: Promise<{ key: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Read once a request, for the title and for the page. */
const load = cache(async (key: string, from: number | undefined, to: number | undefined) => show(comparePromptVersions(await requireStaff(`/studio/prompts/${key}/compare`), key, { from, to })));

async function loadFor({ params, searchParams }: Props) {
  const [{ key }, query] = await Promise.all([params, searchParams]);
  const { from, to } = comparedVersions.parse(query);
  return load(key, from, to);
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: `${(await loadFor(props)).name}: wordings compared` };
}

export default async function ComparePromptPage(props: Props) {
  const view = await loadFor(props);
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
