import type { Metadata } from "next";
import { Repeat2 } from "lucide-react";
import { ReAsk } from "@/components/report/re-ask";
import { CursorPagination } from "@/components/ui/cursor-pagination";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { listQuery } from "@/lib/contract/report";
import { requireStaff, show } from "@/lib/delivery/web/page";
import { showReAsks } from "@/lib/usecases/show-re-asks";

export const metadata: Metadata = { title: "Re-asks" };

export default async function ReAsksPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const staff = await requireStaff("/studio/re-asks");
  const { before } = listQuery.parse(await searchParams);
  const view = await show(showReAsks(staff, before ?? null));
  return (
    <>
      <PageHeader title="Re-asks" description="What changed, whom it asks again, and how far that has come. Nobody else is asked." />
      {view.items.length === 0 ? (
        <EmptyState icon={<Repeat2 />} title="Nothing has changed yet">
          When a new version of a data use or policy comes into force, this page shows what changed and who is asked again.
        </EmptyState>
      ) : (
        <div className="space-y-6">{view.items.map((item) => <ReAsk key={`${item.kind} ${item.key}`} item={item} now={view.now} />)}</div>
      )}
      <CursorPagination
        newerHref={before === undefined ? undefined : "/studio/re-asks"}
        newerLabel="Newest"
        olderHref={view.next === null ? undefined : `/studio/re-asks?before=${view.next}`}
      />
    </>
  );
}
