import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Receipt } from "@/components/person/receipt";
import { entryIndex } from "@/lib/contract/ledger";
import { requirePerson, show } from "@/lib/delivery/web/page";
import { readReceipt } from "@/lib/usecases/read-receipt";

type Params = Promise<{ index: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const place = entryIndex.safeParse((await params).index);
  return { title: place.success ? `Receipt ${place.data}` : "Receipt" };
}

/** What a person gets for one answer: to read, to print, to keep. */
export default async function ReceiptPage({ params }: { params: Params }) {
  const person = await requirePerson();
  const place = entryIndex.safeParse((await params).index);
  if (!place.success) notFound();
  const { view } = await show(readReceipt(person, place.data));
  return <Receipt receipt={view} />;
}
