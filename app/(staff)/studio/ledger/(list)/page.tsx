import type { Metadata } from "next";
import { BookLock } from "lucide-react";
import { CheckpointCard } from "@/components/ledger/checkpoint-card";
import { EntryList } from "@/components/ledger/entry-list";
import { LedgerFilter } from "@/components/ledger/ledger-filter";
import { CursorPagination } from "@/components/ui/cursor-pagination";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { ledgerQuery, type LedgerQuery } from "@/lib/contract/ledger";
import { requireStaff, show } from "@/lib/delivery/web/page";
import { listLedger } from "@/lib/usecases/list-ledger";

export const metadata: Metadata = { title: "Ledger" };

export default async function LedgerPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const staff = await requireStaff("/studio/ledger");
  const asked = await searchParams;
  const view = await show(listLedger(staff, ledgerQuery.parse(asked)));
  const { checkpoint, query } = view;
  const person = typeof asked["person"] === "string" ? asked["person"].trim() : "";
  const unknown = person !== "" && query.person === undefined;
  const lines = unknown ? [] : view.lines;
  return (
    <>
      <PageHeader title="Ledger" description="Everything that counts, in the order it happened. Entries are only ever added, never changed." />
      {checkpoint === null ? (
        <EmptyState icon={<BookLock />} title="Nothing yet">The first entry is made when a colleague joins, a data use is published or a customer answers.</EmptyState>
      ) : (
        <>
          <CheckpointCard checkpoint={checkpoint} verifierKey={view.verifierKey} />
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

/** The same filter on another page. */
function at({ kind, about, person }: LedgerQuery, place: "before" | "after", index: number): string {
  return `/studio/ledger?${new URLSearchParams({ ...(kind ? { kind } : {}), ...(about ? { about } : {}), ...(person ? { person } : {}), [place]: String(index) })}`;
}
