import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PageHeader } from "@/components/ui/page-header";
import { CreateUseForm } from "@/components/use/create-use-form";
import { requireStaff } from "@/lib/delivery/web/page";
import { may } from "@/lib/domain/roles";
import { createUseAction } from "../actions";

export const metadata: Metadata = { title: "New data use" };

export default async function NewUsePage() {
  if (!may(await requireStaff("/studio/uses/new"), "use.write")) notFound();
  return (
    <>
      <PageHeader
        title="New data use"
        breadcrumbs={[{ label: "Data uses", href: "/studio/uses" }, { label: "New" }]}
        description="One thing to remember, for one purpose. Give each purpose a data use of its own, so that people can say yes to one and no to another."
      />
      <CreateUseForm action={createUseAction} requestId={randomUUID()} />
    </>
  );
}
