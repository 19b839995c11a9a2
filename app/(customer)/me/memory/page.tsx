import { Brain } from "lucide-react";
import type { Metadata } from "next";
import { MemoryCard } from "@/components/person/memory-card";
import { CursorPagination } from "@/components/ui/cursor-pagination";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { memoryPlace } from "@/lib/contract/memory";
import { requirePerson, show } from "@/lib/delivery/web/page";
import { showMyFrame } from "@/lib/usecases/show-my-frame";
import { showMyMemory } from "@/lib/usecases/show-my-memory";
import { forgetItemAction } from "./actions";

export const metadata: Metadata = { title: "Remembered for you" };

const results: Readonly<Record<string, string>> = {
  forgotten: "Forgotten. It is gone for good, and those who used it are told.",
  gone: "It was gone already.",
};

type Query = Promise<{ done?: string | string[]; after?: string | string[] }>;

export default async function MemoryPage({ searchParams }: { searchParams: Query }) {
  const person = await requirePerson();
  const { done, after } = await searchParams;
  const from = memoryPlace.parse(after);
  const [{ items, next }, { organisation }] = await Promise.all([show(showMyMemory(person, from)), showMyFrame(person)]);
  const result = typeof done === "string" ? results[done] : undefined;
  return (
    <>
      <PageHeader title="Remembered for you" description={`What ${organisation} remembers so that you need not say it again, and what each thing is used for. You can have each thing forgotten, and take back what you permitted.`} />
      {result ? <div className="mb-8"><Notice tone="success" result>{result}</Notice></div> : null}
      {items.length === 0 ? (
        <EmptyState icon={<Brain />} title="Nothing is remembered" action={<LinkButton href="/me/permissions">Your permissions</LinkButton>}>
          When you permit {organisation} to remember something for you, it stands here, and you can remove it.
        </EmptyState>
      ) : (
        <ul className="space-y-4">
          {items.map((item) => <MemoryCard key={item.key} item={item} organisation={organisation} action={forgetItemAction} />)}
        </ul>
      )}
      <CursorPagination newerHref={from === null ? undefined : "/me/memory"} newerLabel="From the start" olderHref={next === null ? undefined : `/me/memory?after=${next}`} olderLabel="More" />
    </>
  );
}
