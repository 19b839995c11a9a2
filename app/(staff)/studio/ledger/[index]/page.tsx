import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Entry } from "@/components/ledger/entry";
import { entryIndex } from "@/lib/contract/ledger";
import { requireStaff, show } from "@/lib/delivery/web/page";
import { showEntry } from "@/lib/usecases/show-entry";
import { showLedgerProof } from "@/lib/usecases/show-ledger-proof";

export const metadata: Metadata = { title: "Ledger entry" };

export default async function EntryPage({ params }: { params: Promise<{ index: string }> }) {
  const { index } = await params;
  const staff = await requireStaff(`/studio/ledger/${encodeURIComponent(index)}`);
  const place = entryIndex.safeParse(index);
  if (!place.success) notFound();
  const [view, proof] = await show(Promise.all([showEntry(staff, place.data), showLedgerProof(staff, place.data)]));
  return <Entry view={view} proof={proof} />;
}
