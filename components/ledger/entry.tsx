import { CircleCheck, OctagonAlert } from "lucide-react";
import { Block } from "@/components/ledger/checkpoint-card";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { CursorPagination } from "@/components/ui/cursor-pagination";
import { Disclosure } from "@/components/ui/disclosure";
import { KeyValues } from "@/components/ui/key-values";
import { Mono } from "@/components/ui/mono";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { kindWords, type EntryView } from "@/lib/contract/ledger";

/** One entry: in plain words, as recorded, and how it hangs together with the one before. */
export function Entry({ view }: { view: EntryView }) {
  const { line } = view;
  const about = line.about;
  return (
    <>
      <PageHeader
        eyebrow={kindWords[line.kind]}
        title={`Entry ${line.index.toLocaleString("en-GB")}`}
        description={line.words}
        breadcrumbs={[{ label: "Ledger", href: "/studio/ledger" }, { label: `Entry ${line.index.toLocaleString("en-GB")}` }]}
      />
      <Card>
        <KeyValues
          items={[
            { label: "When", value: <Time at={line.at} /> },
            { label: "Who", value: view.who },
            ...(about ? [{ label: "About", value: <TextLink href={`/studio/${about.kind === "use" ? "uses" : "policies"}/${about.key}`}>{about.name}</TextLink> }] : []),
            ...(line.person ? [{ label: "Customer", value: <TextLink href={`/studio/ledger?person=${line.person}`}><Mono>{line.person}</Mono></TextLink>, hint: "A random id. The ledger holds no names." }] : []),
          ]}
        />
      </Card>
      <Section title="Linked to the entry before" description="Each entry names the fingerprint of the one before it, so none can be changed, moved or taken out unnoticed.">
        <Card>
          <KeyValues
            items={[
              { label: "Fingerprint of this entry", value: <Mono>{view.leaf}</Mono>, hint: <Verdict holds={view.leafHolds} yes="Computed again just now from what is recorded: the same." no="Computed again just now from what is recorded: it differs. This entry was tampered with." /> },
              {
                label: line.index === 0 ? "Before it" : `Linked to entry ${(line.index - 1).toLocaleString("en-GB")}`,
                value: line.index === 0 ? "This is the first entry; nothing stands before it." : <TextLink href={`/studio/ledger/${line.index - 1}`}><Mono>{view.previous}</Mono></TextLink>,
                hint: <Verdict holds={view.linkHolds} yes={line.index === 0 ? "It says so itself." : "That is the fingerprint of the entry before."} no="That is not the fingerprint of the entry before. One of them was tampered with." />,
              },
            ]}
          />
        </Card>
      </Section>
      <Section title="As it is recorded" description="Ids and fingerprints instead of names and texts, for those who check it by program.">
        <Block label="Entry" text={JSON.stringify(view.entry, null, 2)} />
        <div className="mt-4">
          <Disclosure summary="Show the exact bytes">
            <p className="measure text-sm text-muted">In canonical form (RFC 8785), on one line. The fingerprint is the RFC 6962 leaf hash of exactly these bytes: SHA-256 with a zero byte before them.</p>
            <Block label="Canonical JSON" text={view.body} />
          </Disclosure>
        </div>
      </Section>
      <CursorPagination
        newerHref={line.index < view.newest ? `/studio/ledger/${line.index + 1}` : undefined}
        newerLabel="Entry after"
        olderHref={line.index > 0 ? `/studio/ledger/${line.index - 1}` : undefined}
        olderLabel="Entry before"
      />
    </>
  );
}

function Verdict({ holds, yes, no }: { holds: boolean; yes: string; no: string }) {
  return (
    <span className="flex flex-wrap items-center gap-2">
      <Badge size="sm" tone={holds ? "good" : "bad"} icon={holds ? <CircleCheck /> : <OctagonAlert />}>{holds ? "Holds" : "Does not hold"}</Badge>
      <span>{holds ? yes : no}</span>
    </span>
  );
}
