import type { Metadata } from "next";
import { MessageCircleQuestion } from "lucide-react";
import { PromptTable } from "@/components/prompt/prompt-table";
import { Card } from "@/components/ui/card";
import { CursorPagination } from "@/components/ui/cursor-pagination";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { SearchForm } from "@/components/ui/search-form";
import { listPage } from "@/lib/contract/use";
import { requireStaff, show } from "@/lib/delivery/web/page";
import { listPrompts } from "@/lib/usecases/list-prompts";

export const metadata: Metadata = { title: "Prompts" };

type Query = Promise<Record<string, string | string[] | undefined>>;

export default async function PromptsPage({ searchParams }: { searchParams: Query }) {
  const staff = await requireStaff("/studio/prompts");
  const list = await show(listPrompts(staff, listPage.parse(await searchParams)));
  const at = (place: "before" | "after", key: string) => `/studio/prompts?${new URLSearchParams({ ...(list.query ? { q: list.query } : {}), [place]: key })}`;
  const searched = list.query !== "";
  const none = list.rows.length === 0 && !searched;
  return (
    <>
      <PageHeader title="Prompts" description="The words in which people are asked, one prompt for each data use. Wording alone: the terms are the data use's own." />
      {none ? null : <div className="mb-5"><SearchForm action="/studio/prompts" label="Search prompts" defaultValue={list.query} /></div>}
      {list.rows.length === 0 ? (
        <EmptyState
          icon={<MessageCircleQuestion />}
          title={searched ? "Nothing is called that" : "No prompts yet"}
          action={searched ? <LinkButton href="/studio/prompts">Show all</LinkButton> : <LinkButton variant="primary" href="/studio/uses">Go to the data uses</LinkButton>}
        >
          {searched ? "Try a part of the data use's name." : list.can.write ? "A prompt asks about one data use. Begin with the data use." : "A prompt asks about one data use, and there is none yet."}
        </EmptyState>
      ) : (
        <Card padding="none"><PromptTable rows={list.rows} /></Card>
      )}
      <CursorPagination
        newerHref={list.before ? at("before", list.before) : undefined}
        olderHref={list.after ? at("after", list.after) : undefined}
        newerLabel="Previous"
        olderLabel="Next"
      />
    </>
  );
}
