import { FileText, PackageOpen, Plus } from "lucide-react";
import type { Metadata } from "next";
import { PolicyTable } from "@/components/policy/policy-table";
import { CursorPagination } from "@/components/ui/cursor-pagination";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { policyKey } from "@/lib/contract/policy";
import { may } from "@/lib/domain/roles";
import { requireStaff, show } from "@/lib/delivery/web/page";
import { listPolicies } from "@/lib/usecases/list-policies";

export const metadata: Metadata = { title: "Policies" };

export default async function PoliciesPage({ searchParams }: { searchParams: Promise<{ after?: string | string[] }> }) {
  const staff = await requireStaff("/studio/policies");
  const after = policyKey.safeParse((await searchParams).after).data;
  const { policies, next } = await show(listPolicies(staff, { after }));
  const actions = (
    <>
      {may(staff, "policy.import") ? <LinkButton href="/studio/policies/import" icon={<PackageOpen />}>Import a history</LinkButton> : null}
      {may(staff, "policy.write") ? <LinkButton href="/studio/policies/new" variant="primary" icon={<Plus />}>New policy</LinkButton> : null}
    </>
  );
  return (
    <>
      <PageHeader title="Policies" description="The texts people can read, every version of them, and what comes next." actions={policies.length === 0 ? null : actions} />
      {policies.length === 0 ? (
        <EmptyState icon={<FileText />} title="No policies yet" action={actions}>{may(staff, "policy.write") ? "Write the first one, or import the history of one you have." : "They appear here once an officer has written or imported the first one."}</EmptyState>
      ) : (
        <PolicyTable policies={policies} />
      )}
      <CursorPagination
        newerHref={after ? "/studio/policies" : undefined}
        newerLabel="From the start"
        olderHref={next ? `/studio/policies?after=${next}` : undefined}
        olderLabel="More policies"
      />
    </>
  );
}
