import { FileText } from "lucide-react";
import type { Metadata } from "next";
import { cache } from "react";
import { LongDate } from "@/components/policy/long-date";
import { PublicHead } from "@/components/policy/public-head";
import { CursorPagination } from "@/components/ui/cursor-pagination";
import { EmptyState } from "@/components/ui/empty-state";
import { policyKey } from "@/lib/contract/policy";
import { readPublicPolicies } from "@/lib/usecases/read-public-policies";

type Props = { searchParams: Promise<{ after?: string | string[] }> };

/** Read once a request, for the title and for the page. */
const load = cache((after: string | undefined) => readPublicPolicies({ after }));

const startOf = async ({ searchParams }: Props) => policyKey.safeParse((await searchParams).after).data;

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: { absolute: `Our policies · ${(await load(await startOf(props))).organisation}` } };
}

export default async function PublicPoliciesPage(props: Props) {
  const after = await startOf(props);
  const { organisation, policies, next } = await load(after);
  return (
    <>
      <PublicHead eyebrow={organisation} title="Our policies">What is in force now, every version there was, and what changed between any two.</PublicHead>
      {policies.length === 0 ? (
        <EmptyState icon={<FileText />} title="No policy is in force yet">Once one is published, it can be read here.</EmptyState>
      ) : (
        <ul className="max-w-3xl border-t border-line">
          {policies.map((policy) => (
            <li key={policy.key} className="border-b border-line">
              <a href={`/policies/${policy.key}`} className="group block rounded-sm py-5">
                <span className="block font-serif text-2xl font-medium text-ink underline-offset-4 group-hover:underline">{policy.title}</span>
                <span className="mt-1 block text-muted">
                  For {policy.audience}. Version {policy.number}, in force since <LongDate at={policy.inForceFrom} />.
                  {policy.announced ? <> A new version comes into force on <LongDate at={policy.announced} />.</> : null}
                </span>
              </a>
            </li>
          ))}
        </ul>
      )}
      <CursorPagination newerHref={after ? "/policies" : undefined} newerLabel="From the start" olderHref={next ? `/policies?after=${next}` : undefined} olderLabel="More policies" />
    </>
  );
}
