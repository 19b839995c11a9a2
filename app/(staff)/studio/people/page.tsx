import { UserPlus, Users } from "lucide-react";
import type { Metadata } from "next";
import { FindPersonForm } from "@/components/person/find-person-form";
import { PeopleTable } from "@/components/person/people-table";
import { Card } from "@/components/ui/card";
import { CursorPagination } from "@/components/ui/cursor-pagination";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { peoplePageQuery } from "@/lib/contract/person";
import { requireStaff, show } from "@/lib/delivery/web/page";
import { listPeople } from "@/lib/usecases/list-people";
import { findPersonAction } from "./actions";

export const metadata: Metadata = { title: "People" };

type Query = Promise<Record<string, string | string[] | undefined>>;

export default async function PeoplePage({ searchParams }: { searchParams: Query }) {
  const staff = await requireStaff("/studio/people");
  const { people, total, newer, older, mayAdd } = await show(listPeople(staff, peoplePageQuery.parse(await searchParams)));
  const add = mayAdd ? <LinkButton variant="primary" icon={<UserPlus />} href="/studio/people/new">Add a person</LinkButton> : null;
  return (
    <>
      <PageHeader title="People" description="Everybody who can be asked, and what waits for them. Names and addresses are sealed; only staff see them." actions={people.length === 0 ? null : add} />
      {people.length === 0 ? (
        <EmptyState icon={<Users />} title="Nobody yet" action={add}>{mayAdd ? "People appear here when you add them, or when your shop, app or site asks them something." : "People appear here when an officer adds them, or when your shop, app or site asks them something."}</EmptyState>
      ) : (
        <div className="space-y-6">
          <FindPersonForm action={findPersonAction} />
          <div>
            <Card padding="none"><PeopleTable people={people} /></Card>
            <CursorPagination
              summary={total === 1 ? "1 person" : `${total.toLocaleString("en")} people`}
              newerHref={newer === null ? undefined : `/studio/people?newer=${newer}`}
              olderHref={older === null ? undefined : `/studio/people?older=${older}`}
            />
          </div>
        </div>
      )}
    </>
  );
}
