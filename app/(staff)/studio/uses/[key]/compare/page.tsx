import type { Metadata } from "next";
import { cache } from "react";
import { ArrowLeftRight } from "lucide-react";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { RelationBadge } from "@/components/ui/relation-badge";
import { ComparePicker } from "@/components/use/compare-picker";
import { Comparison } from "@/components/use/comparison";
import { comparedVersions } from "@/lib/contract/use";
import { requireStaff, show } from "@/lib/delivery/web/page";
import { compareDataUseVersions } from "@/lib/usecases/compare-data-use-versions";

type Props = { params: Promise<{ key: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Read once a request, for the title and for the page. */
const load = cache(async (key: string, from: number | undefined, to: number | undefined) => show(compareDataUseVersions(await requireStaff(`/studio/uses/${key}/compare`), key, { from, to })));

async function loadFor({ params, searchParams }: Props) {
  const [{ key }, query] = await Promise.all([params, searchParams]);
  const { from, to } = comparedVersions.parse(query);
  return load(key, from, to);
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: `${(await loadFor(props)).name}: versions compared` };
}

export default async function CompareUsePage(props: Props) {
  const view = await loadFor(props);
  const { compared, carries } = view;
  return (
    <>
      <PageHeader
        eyebrow="Data use"
        title="Compare versions"
        description={view.name}
        breadcrumbs={[{ label: "Data uses", href: "/studio/uses" }, { label: view.name, href: `/studio/uses/${view.key}` }, { label: "Compare" }]}
      />
      {compared ? (
        <>
          <ComparePicker action={`/studio/uses/${view.key}/compare`} versions={view.versions} from={compared.from} to={compared.to} />
          <div className="mt-6 max-w-3xl">
            <Card
              as="section"
              padding="lg"
              title={`Version ${compared.from} → version ${compared.to}`}
              actions={<RelationBadge relation={compared.overall} />}
              footer={carries === null ? undefined : carries ? `An answer to version ${compared.from} also holds for version ${compared.to}.` : `An answer to version ${compared.from} does not reach version ${compared.to}: it takes a new one.`}
            >
              <Comparison compared={compared} fold={false} />
            </Card>
          </div>
        </>
      ) : (
        <EmptyState icon={<ArrowLeftRight />} title="Only one version so far" action={<LinkButton href={`/studio/uses/${view.key}`}>Back to the data use</LinkButton>}>
          As soon as there are two, they can be compared here.
        </EmptyState>
      )}
    </>
  );
}
