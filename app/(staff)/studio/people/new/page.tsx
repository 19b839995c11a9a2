import type { Metadata } from "next";
import { AddPersonForm } from "@/components/person/add-person-form";
import { languages } from "@/components/staff/languages";
import { PageHeader } from "@/components/ui/page-header";
import { requireStaff, show } from "@/lib/delivery/web/page";
import { showAddPerson } from "@/lib/usecases/add-person-form";
import { addPersonAction } from "../actions";

export const metadata: Metadata = { title: "Add a person" };

export default async function NewPersonPage() {
  const { defaultLocale } = await show(showAddPerson(await requireStaff("/studio/people/new")));
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: "People", href: "/studio/people" }, { label: "Add a person" }]}
        title="Add a person"
        description="What you write here is sealed under a key of their own. The ledger never sees it."
      />
      <AddPersonForm action={addPersonAction} languages={languages(defaultLocale)} locale={defaultLocale} />
    </>
  );
}
