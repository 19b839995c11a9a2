import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { BookLock } from "lucide-react";
import { CheckpointCard } from "@/components/ledger/checkpoint-card";
import { EntryList } from "@/components/ledger/entry-list";
import { LedgerFilter } from "@/components/ledger/ledger-filter";
import { outsideWarning } from "@/components/ledger/outside-words";
import { TakeAlong } from "@/components/ledger/take-along";
import { VerifyLedger } from "@/components/ledger/verify-ledger";
import { Card } from "@/components/ui/card";
import { CursorPagination } from "@/components/ui/cursor-pagination";
import { EmptyState } from "@/components/ui/empty-state";
import { FormErrors } from "@/components/ui/form-errors";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { consistencyQuery, ledgerQuery, type Checkpoint, type LedgerQuery, type LedgerView } from "@/lib/contract/ledger";
import { requireStaff, show } from "@/lib/delivery/web/page";
import { listLedger } from "@/lib/usecases/list-ledger";
import { verifyLedgerAction } from "./actions";

export const metadata: Metadata = { title: "Ledger" };

export default async function LedgerPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const staff = await requireStaff("/studio/ledger");
  const asked = await searchParams;
  const view = await show(listLedger(staff, ledgerQuery.parse(asked)));
  const { checkpoint, query } = view;
  // Also where nothing is left: then it is all that there is to say.
  const warning = outsideWarning(view.outside, checkpoint?.size ?? 0);
  const person = typeof asked["person"] === "string" ? asked["person"].trim() : "";
  const unknown = person !== "" && query.person === undefined;
  const lines = unknown ? [] : view.lines;
  return (
    <>
      <PageHeader title="Ledger" description="Everything that counts, in the order it happened. Entries are only ever added, never changed." />
      {warning ? <div className="mb-6"><Notice tone={warning.tone} title={warning.title}>{warning.words}</Notice></div> : null}
      {checkpoint === null ? (
        <EmptyState icon={<BookLock />} title="Nothing yet">The first entry is made when a colleague joins, a data use is published or a customer answers.</EmptyState>
      ) : (
        <>
          <Standing view={view} checkpoint={checkpoint} asked={typeof asked["older"] === "string" ? asked["older"] : null} />
          <Section title="Entries">
            <LedgerFilter view={view} person={person} error={unknown ? "This is not a whole customer’s id. Copy all 36 characters of it." : undefined} />
            {lines.length === 0 ? (
              <EmptyState icon={<BookLock />} title="No such entries" action={<LinkButton href="/studio/ledger">Show all</LinkButton>}>Nothing in the ledger fits what you chose.</EmptyState>
            ) : (
              <EntryList lines={lines} />
            )}
            <CursorPagination
              newerHref={unknown || view.newer === null ? undefined : at(query, "after", view.newer)}
              olderHref={unknown || view.older === null ? undefined : at(query, "before", view.older)}
            />
          </Section>
        </>
      )}
    </>
  );
}

/** How the whole ledger stands, and how to hold it to its word. `asked`: an older checkpoint that there is no proof of. */
function Standing({ view, checkpoint, asked }: { view: LedgerView; checkpoint: Checkpoint; asked: string | null }) {
  const refused = asked === null ? null : { typed: asked, error: whyNoProof(asked) };
  return (
    <div className="space-y-6">
      <FormErrors errors={refused ? [{ field: "older", message: refused.error }] : []} />
      <CheckpointCard checkpoint={checkpoint} verifierKey={view.verifierKey} outside={view.outside} now={new Date()} />
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-2">
        <Card title="Verify" description="Computes every entry, link and signature again, compares them with what was seen outside, and every permission with its entry.">
          <VerifyLedger action={verifyLedgerAction} address="/studio/ledger/verify" />
        </Card>
        <TakeAlong view={view} checkpoint={checkpoint} request={randomUUID()} asked={refused} />
      </div>
    </div>
  );
}

/** Why there is no proof from what somebody typed: it makes no sense, or no checkpoint was signed there. */
function whyNoProof(typed: string): string {
  const read = consistencyQuery.safeParse({ older: typed });
  if (!read.success) return read.error.issues[0]?.message ?? "";
  return `No checkpoint was signed over exactly ${read.data.older.toLocaleString("en-GB")} entries. Look at the second line of the one that you kept.`;
}

/** The same filter on another page. */
function at({ kind, about, person }: LedgerQuery, place: "before" | "after", index: number): string {
  return `/studio/ledger?${new URLSearchParams({ ...(kind ? { kind } : {}), ...(about ? { about } : {}), ...(person ? { person } : {}), [place]: String(index) })}`;
}
