import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ImportForm } from "@/components/policy/import-form";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { policyKey } from "@/lib/contract/policy";
import { may } from "@/lib/domain/roles";
import { requireStaff, show } from "@/lib/delivery/web/page";
import { listPolicies } from "@/lib/usecases/list-policies";
import { showOrganisation } from "@/lib/usecases/show-organisation";
import { importAction } from "../actions";

export const metadata: Metadata = { title: "Import a history" };

export default async function ImportPage({ searchParams }: { searchParams: Promise<{ into?: string | string[] }> }) {
  const staff = await requireStaff("/studio/policies/import");
  if (!may(staff, "policy.import")) notFound();
  const into = policyKey.safeParse((await searchParams).into).data ?? null;
  const [{ policies }, { defaultLocale }] = await Promise.all([show(listPolicies(staff, {})), showOrganisation()]);
  return (
    <>
      <PageHeader
        title="Import a history"
        description="Bring the versions a policy had elsewhere, with the dates they came into force. A second person makes them public."
        breadcrumbs={[{ label: "Policies", href: "/studio/policies" }, { label: "Import a history" }]}
      />
      <Card padding="lg">
        <ImportForm action={importAction} address="/studio/policies/import/upload" requestId={randomUUID()} policies={policies.map(({ key, title }) => ({ key, title }))} into={into} locale={defaultLocale} />
      </Card>
    </>
  );
}
