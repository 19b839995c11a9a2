import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { NewPolicyForm } from "@/components/policy/new-policy-form";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { may } from "@/lib/domain/roles";
import { requireStaff } from "@/lib/delivery/web/page";
import { notFound } from "next/navigation";
import { createAction } from "../actions";

export const metadata: Metadata = { title: "New policy" };

export default async function NewPolicyPage() {
  const staff = await requireStaff("/studio/policies/new");
  if (!may(staff, "policy.write")) notFound();
  return (
    <>
      <PageHeader title="New policy" breadcrumbs={[{ label: "Policies", href: "/studio/policies" }, { label: "New policy" }]} />
      <Card padding="lg" className="max-w-3xl"><NewPolicyForm action={createAction} requestId={randomUUID()} /></Card>
    </>
  );
}
