import { BookLock } from "lucide-react";
import type { Metadata } from "next";
import { cache } from "react";
import { PublicLedger } from "@/components/ledger/public-ledger";
import { PublicHead } from "@/components/policy/public-head";
import { EmptyState } from "@/components/ui/empty-state";
import { readLedgerKey } from "@/lib/usecases/read-ledger-key";
import { showOrganisation } from "@/lib/usecases/show-organisation";

/** Read once a request, for the title and for the page. */
const loadOrganisation = cache(showOrganisation);

export async function generateMetadata(): Promise<Metadata> {
  return { title: { absolute: `Our ledger · ${(await loadOrganisation()).name}` } };
}

export default async function PublicLedgerPage() {
  const [{ name }, { verifierKey, checkpoint }] = await Promise.all([loadOrganisation(), readLedgerKey()]);
  return (
    <>
      <PublicHead eyebrow={name} title="Our ledger">What we asked, what was answered and what we published, in the order it happened.</PublicHead>
      {checkpoint === null ? (
        <EmptyState icon={<BookLock />} title="Nothing is in it yet">It begins with the first thing that is published or answered.</EmptyState>
      ) : (
        <PublicLedger verifierKey={verifierKey} checkpoint={checkpoint} />
      )}
    </>
  );
}
