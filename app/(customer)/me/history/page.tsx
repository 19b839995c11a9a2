import { History } from "lucide-react";
import type { Metadata } from "next";
import { HistoryList } from "@/components/person/history-list";
import { stateWords } from "@/components/person/words";
import { CursorPagination } from "@/components/ui/cursor-pagination";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { requirePerson, show } from "@/lib/delivery/web/page";
import { historyPage } from "@/lib/contract/permission";
import { showMyHistory } from "@/lib/usecases/show-my-history";

export const metadata: Metadata = { title: "Your history" };

export default async function HistoryPage({ searchParams }: { searchParams: Promise<{ below?: string | string[] }> }) {
  const below = historyPage.parse((await searchParams).below);
  const { lines, older } = await show(showMyHistory(await requirePerson(), below));
  return (
    <>
      <PageHeader title="Your history" description="Every answer you gave, with exactly the words you saw. Nobody can change it afterwards." />
      {lines.length === 0 ? (
        <EmptyState icon={<History />} title="No answers yet">Your answers stand here from the first one on.</EmptyState>
      ) : (
        <HistoryList lines={lines} words={(answer) => words[answer] ?? answer} receiptHref={(index) => `/me/history/${index}`} />
      )}
      <CursorPagination
        newerHref={below === null ? undefined : "/me/history"}
        newerLabel="Newest"
        olderHref={older === null ? undefined : `/me/history?below=${older}`}
      />
    </>
  );
}

const words: Readonly<Record<string, string>> = stateWords;
