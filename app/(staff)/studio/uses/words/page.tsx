import type { Metadata } from "next";
import { BookA } from "lucide-react";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkTabs } from "@/components/ui/link-tabs";
import { Mono } from "@/components/ui/mono";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Table } from "@/components/ui/table";
import { WordForm } from "@/components/use/word-form";
import { wordKind, type OwnWord } from "@/lib/contract/taxonomy";
import { requireStaff, show } from "@/lib/delivery/web/page";
import { listTaxonomyWords } from "@/lib/usecases/list-taxonomy-words";
import { addWordAction } from "../actions";

export const metadata: Metadata = { title: "Our own words" };

type Query = Promise<Record<string, string | string[] | undefined>>;

export default async function WordsPage({ searchParams }: { searchParams: Query }) {
  const staff = await requireStaff("/studio/uses/words");
  const query = await searchParams;
  const view = await show(listTaxonomyWords(staff, wordKind.catch("category").parse(query["kind"])));
  return (
    <>
      <PageHeader
        title="Our own words"
        breadcrumbs={[{ label: "Data uses", href: "/studio/uses" }, { label: "Our own words" }]}
        description="Words for what you remember and what for, where the standard list is not specific enough. They appear in every picker."
      />
      <LinkTabs
        label="Kind of word"
        current={`/studio/uses/words?kind=${view.kind}`}
        tabs={[
          { href: "/studio/uses/words?kind=category", label: "Kinds of data" },
          { href: "/studio/uses/words?kind=purpose", label: "Purposes" },
        ]}
      />
      {query["done"] === "added" ? <div className="mt-6"><Notice tone="success" result>The word is added, and can be chosen from now on.</Notice></div> : null}
      <div className="mt-6 grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        {view.own.length === 0 ? (
          <EmptyState icon={<BookA />} title="None yet">The standard list has {view.words.length} words. Add one where it is too broad for what you mean.</EmptyState>
        ) : (
          <Card padding="none"><OwnWords words={view.own} /></Card>
        )}
        {view.can.write ? (
          <Card as="section" title={view.kind === "category" ? "Add a kind of data" : "Add a purpose"}>
            <WordForm key={`${view.kind} ${view.own.length}`} action={addWordAction} kind={view.kind} words={view.words} />
          </Card>
        ) : null}
      </div>
    </>
  );
}

function OwnWords({ words }: { words: readonly OwnWord[] }) {
  return (
    <Table
      caption="Our own words"
      rows={words}
      rowKey={(word) => word.key}
      columns={[
        { key: "name", header: "Name", primary: true, cell: (word) => <>{word.name}<span className="block text-sm font-normal text-muted">{word.description}</span></> },
        { key: "parent", header: "Belongs to", cell: (word) => word.parentName },
        { key: "key", header: "In records", cell: (word) => <Mono>{word.key}</Mono> },
      ]}
    />
  );
}
