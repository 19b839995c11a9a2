import { CircleCheck, Download, OctagonAlert } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { CursorPagination } from "@/components/ui/cursor-pagination";
import { Disclosure } from "@/components/ui/disclosure";
import { KeyValues } from "@/components/ui/key-values";
import { LinkButton } from "@/components/ui/link-button";
import { Mono } from "@/components/ui/mono";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { kindWords, type EntryView, type LedgerProofView } from "@/lib/contract/ledger";
import { Block } from "./block";
import { entriesInWords } from "./outside-words";

/** One entry: in plain words, as recorded, how it hangs together with the one before, and its place under the checkpoint. */
export function Entry({ view, proof }: { view: EntryView; proof: LedgerProofView }) {
  const { line } = view;
  const { about } = line;
  const title = `Entry ${line.index.toLocaleString("en-GB")}`;
  return (
    <>
      <PageHeader
        eyebrow={line.kind === "unreadable" ? undefined : kindWords[line.kind]}
        title={title}
        description={view.entry === null ? undefined : line.words}
        breadcrumbs={[{ label: "Ledger", href: "/studio/ledger" }, { label: title }]}
        actions={view.hasReceipt ? <LinkButton href={`/studio/ledger/${line.index}/receipt`} icon={<Download />}>Download receipt</LinkButton> : undefined}
      />
      {view.entry === null ? (
        <Notice tone="danger" title="This entry cannot be read">It is not as it was written. What stands in its place is below, as it is.</Notice>
      ) : (
        <Card>
          <KeyValues
            items={[
              { label: "When", value: <Time at={line.at} /> },
              ...(view.who === null ? [] : [{ label: "Who", value: view.who }]),
              ...(about ? [{ label: "About", value: <TextLink href={`/studio/${about.kind === "use" ? "uses" : "policies"}/${about.key}`}>{about.name}</TextLink> }] : []),
              ...(line.person ? [{ label: "Customer", value: <TextLink href={`/studio/ledger?person=${line.person}`}><Mono>{line.person}</Mono></TextLink>, hint: "A random id. The ledger holds no names." }] : []),
            ]}
          />
        </Card>
      )}
      <Links view={view} proof={proof} />
      <Section title="As it is recorded" description="Ids and fingerprints instead of names and texts, for those who check it by program.">
        {view.entry === null ? null : <Block label="Entry" text={JSON.stringify(view.entry, null, 2)} />}
        <div className="mt-4">
          <Disclosure summary="Show the exact bytes" open={view.entry === null}>
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

function Links({ view: { line, leaf, previous, leafHolds, linkHolds }, proof }: { view: EntryView; proof: LedgerProofView }) {
  return (
    <Section title="Bound to the others" description="Each entry names the fingerprint of the one before it, and all stand under a signed checkpoint, so none can be changed, moved or taken out unnoticed.">
      <Card>
        <KeyValues
          items={[
            { label: "Fingerprint of this entry", value: <Mono>{leaf}</Mono>, hint: <Verdict holds={leafHolds} yes="Computed again just now from what is recorded: the same." no="Computed again just now from what is recorded: it differs. This entry was tampered with." /> },
            {
              label: line.index === 0 ? "Before it" : `Linked to entry ${(line.index - 1).toLocaleString("en-GB")}`,
              value: line.index === 0 ? "This is the first entry; nothing stands before it." : <TextLink href={`/studio/ledger/${line.index - 1}`}><Mono>{previous}</Mono></TextLink>,
              hint: <Verdict holds={linkHolds} yes={line.index === 0 ? "It says so itself." : "That is the fingerprint of the entry before."} no="That is not the fingerprint of the entry before. One of them was tampered with." />,
            },
            {
              label: "Under the newest checkpoint",
              value: `Signed over ${entriesInWords(proof.size)}`,
              hint: <Verdict holds={proof.holds} yes={`Just now ${proof.length === 1 ? "1 hash led" : `${proof.length} hashes led`} from this entry to what was signed.`} no="From this entry no way leads to what was signed. It, or the tree above it, was tampered with." />,
            },
          ]}
        />
        {proof.proof === null ? null : (
          <div className="mt-4">
            <Disclosure summary="Show the proof">
              <p className="measure text-sm text-muted">From the entry’s fingerprint to the root in the checkpoint (RFC 6962), in the form of a C2SP tlog-proof.</p>
              <Block label="Proof" text={proof.proof} />
            </Disclosure>
          </div>
        )}
      </Card>
    </Section>
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
