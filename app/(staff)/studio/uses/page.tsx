import type { Metadata } from "next";
import { Database, Plus } from "lucide-react";
import { Card } from "@/components/ui/card";
import { CursorPagination } from "@/components/ui/cursor-pagination";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { SearchForm } from "@/components/ui/search-form";
import { UseTable } from "@/components/use/use-table";
import { listPage } from "@/lib/contract/use";
import { requireStaff, show } from "@/lib/delivery/web/page";
import { listDataUses } from "@/lib/usecases/list-data-uses";

export const metadata: Metadata = { title: "Data uses" };

type Query = Promise<Record<string, string | string[] | undefined>>;

export default async function UsesPage({ searchParams }: { searchParams: Query }) {
  const staff = await requireStaff("/studio/uses");
  const query = await searchParams;
  const list = await show(listDataUses(staff, listPage.parse(query)));
  const at = (place: "before" | "after", key: string) => `/studio/uses?${new URLSearchParams({ ...(list.query ? { q: list.query } : {}), [place]: key })}`;
  const searched = list.query !== "";
  const none = list.rows.length === 0 && !searched;
  const add = list.can.write ? <LinkButton variant="primary" href="/studio/uses/new" icon={<Plus />}>New data use</LinkButton> : undefined;
  return (
    <>
      <PageHeader
        title="Data uses"
        description="What is remembered about people, and what for. When one changes, the people it concerns are asked again."
        actions={
          <>
            <LinkButton variant="quiet" href="/studio/uses/words">Our own words</LinkButton>
            {none ? null : add}
          </>
        }
      />
      {query["done"] === "discarded" ? <div className="mb-6"><Notice tone="success" result>The draft is discarded.</Notice></div> : null}
      {none ? null : <div className="mb-5"><SearchForm action="/studio/uses" label="Search data uses" defaultValue={list.query} /></div>}
      {list.rows.length === 0 ? (
        <EmptyState
          icon={<Database />}
          title={searched ? "Nothing is called that" : "No data uses yet"}
          action={searched ? <LinkButton href="/studio/uses">Show all</LinkButton> : add}
        >
          {searched ? "Try a part of the name." : list.can.write ? "Begin with one specific thing you would like to remember for your customers." : "They appear here once an officer has written the first one."}
        </EmptyState>
      ) : (
        <Card padding="none"><UseTable rows={list.rows} /></Card>
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
