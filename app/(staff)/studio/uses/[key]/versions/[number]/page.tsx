import type { Metadata } from "next";
import { cache } from "react";
import { ArrowLeftRight } from "lucide-react";
import { Card } from "@/components/ui/card";
import { KeyValues } from "@/components/ui/key-values";
import { LinkButton } from "@/components/ui/link-button";
import { Mono } from "@/components/ui/mono";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import { TermsInWords } from "@/components/use/terms-in-words";
import { countsInWords, publishedInWords } from "@/components/use/version-timeline";
import { requireStaff, show } from "@/lib/delivery/web/page";
import { readDataUseVersion } from "@/lib/usecases/read-data-use-version";

type Params = Promise<{ key: string; number: string }>;

/** Read once a request, for the title and for the page. */
const load = cache(async (key: string, number: string) => show(readDataUseVersion(await requireStaff(`/studio/uses/${key}/versions/${number}`), key, number)));

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const { key, number } = await params;
  return { title: `${(await load(key, number)).name}: version ${number}` };
}

export default async function UseVersionPage({ params }: { params: Params }) {
  const { key, number } = await params;
  const view = await load(key, number);
  const { version } = view;
  return (
    <>
      <PageHeader
        eyebrow="Data use"
        title={`${view.name}, version ${version.number}`}
        breadcrumbs={[{ label: "Data uses", href: "/studio/uses" }, { label: view.name, href: `/studio/uses/${view.key}` }, { label: `Version ${version.number}` }]}
        badge={<StatusBadge status={view.live ? "live" : "superseded"} />}
        description={version.changeNote || undefined}
        actions={
          <>
            {view.previous ? <LinkButton href={`/studio/uses/${view.key}/compare?from=${view.previous}&to=${version.number}`} icon={<ArrowLeftRight />}>{`Compare with version ${view.previous}`}</LinkButton> : null}
            {view.next ? <LinkButton href={`/studio/uses/${view.key}/versions/${view.next}`}>{`Go to version ${view.next}`}</LinkButton> : null}
          </>
        }
      />
      <div className="grid grid-cols-1 items-start gap-x-10 gap-y-10 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Card padding="lg"><TermsInWords terms={view.terms} /></Card>
        <div>
          <Section title="How it came about">
            <KeyValues
              layout="stacked"
              items={[
                { label: "Published", value: <Time at={version.publishedAt} /> },
                { label: "By whom", value: publishedInWords(version) },
                { label: "People", value: countsInWords(version.counts) },
                { label: "Entry in the ledger", value: `Number ${view.entryIndex}` },
                { label: "Fingerprint of the terms", value: <Mono truncate>{view.digest}</Mono>, hint: "Changes with the smallest change of the terms." },
              ]}
            />
          </Section>
        </div>
      </div>
    </>
  );
}
