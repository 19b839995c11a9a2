import { CalendarClock, CalendarX2, HandHeart, UserX } from "lucide-react";
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { AsOfForm } from "@/components/person/as-of-form";
import { PoliciesAsOf } from "@/components/person/as-of-policies";
import { UsesAsOf } from "@/components/person/as-of-uses";
import { Moment, momentWords } from "@/components/person/as-of-words";
import { nameFor } from "@/components/person/people-table";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { readAsOf, type AsOfView } from "@/lib/contract/as-of";
import { requireStaff, show } from "@/lib/delivery/web/page";
import { showPersonAsOf } from "@/lib/usecases/show-person-as-of";

/** No name: what a browser remembers of a page would give it away. */
export async function generateMetadata({ params }: { params: Promise<{ id: string }> }): Promise<Metadata> {
  return { title: `Person ${(await params).id.slice(0, 8)} as of a moment` };
}

export default async function PersonAsOfPage({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Promise<{ at?: string | string[] }> }) {
  const [{ id }, { at }] = await Promise.all([params, searchParams]);
  const asked = readAsOf(at);
  const staff = await requireStaff(`/studio/people/${id}/as-of${asked.status === "moment" ? `?at=${asked.at.toISOString()}` : ""}`);
  const view = await show(showPersonAsOf(staff, { person: id, at: asked.status === "moment" ? asked.at : null }));
  const name = nameFor(view.person);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: "People", href: "/studio/people" }, { label: name, href: `/studio/people/${id}` }, { label: "As of" }]}
        eyebrow={name}
        title={view.status === "none" ? "As of an earlier moment" : `On ${momentWords(view.at)}`}
        description="What stood at a moment, read from the entries of the ledger alone."
      />
      <Card><AsOfForm person={id} asked={asked} /></Card>
      <div className="mt-10"><Told view={view} /></div>
    </>
  );
}

function Told({ view }: { view: AsOfView }): ReactNode {
  const began = view.began ? <>The ledger begins on <Moment at={view.began} />.</> : <>The ledger is still empty.</>;
  switch (view.status) {
    case "none":
      return <EmptyState icon={<CalendarClock />} title="Choose a moment">You see what was permitted then and the words they had answered. {began}</EmptyState>;
    case "to-come":
      return <EmptyState icon={<CalendarClock />} title="That moment has not come yet">What will stand then, nobody knows. Choose an earlier one.</EmptyState>;
    case "before-the-ledger":
      return <EmptyState icon={<CalendarX2 />} title="Nothing was recorded yet">{began} {view.began ? "Choose a later moment." : "The first entry is made when a colleague joins, a data use is published or a customer answers."}</EmptyState>;
    case "told":
      if (view.forgotten) {
        return (
          <EmptyState icon={<UserX />} title="Forgotten by then">
            This person was forgotten on <Moment at={view.forgotten.at} />{view.forgotten.suppressed ? ", and is to be left alone" : ""}. Nothing they had answered stands since. Choose an earlier moment to see what did.
          </EmptyState>
        );
      }
      return (
        <>
          <Section title="Data uses" description="Those in force then.">
            {view.uses.length === 0 ? <EmptyState icon={<HandHeart />} title="No data use was in force">The first one was published later.</EmptyState> : <UsesAsOf uses={view.uses} />}
          </Section>
          {view.policies.length > 0 ? <Section title="Policies" description="Those in force then."><PoliciesAsOf policies={view.policies} /></Section> : null}
        </>
      );
  }
}
