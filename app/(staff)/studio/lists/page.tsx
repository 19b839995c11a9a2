import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { ListFilter } from "lucide-react";
import { CleanseForm } from "@/components/list/cleanse-form";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { requireStaff, show } from "@/lib/delivery/web/page";
import { listCleansable } from "@/lib/usecases/list-cleansable";

export const metadata: Metadata = { title: "Lists" };

export default async function ListsPage() {
  const staff = await requireStaff("/studio/lists");
  const uses = await show(listCleansable(staff));
  return (
    <>
      <PageHeader title="Lists" description="Take those out of a mailing list who do not permit what it is for. The list is checked piece by piece, and nothing of it is kept here." />
      {uses.length === 0 ? (
        <EmptyState icon={<ListFilter />} title="No data use is in force yet">Lists are cleansed for a data use. Publish one first.</EmptyState>
      ) : (
        <Card padding="lg" className="max-w-3xl"><CleanseForm uses={uses} address="/studio/lists/cleanse" request={randomUUID()} /></Card>
      )}
    </>
  );
}
