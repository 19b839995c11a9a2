import { randomUUID } from "node:crypto";
import { HandHeart, History } from "lucide-react";
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { AsOfForm } from "@/components/person/as-of-form";
import { ForgetPerson } from "@/components/person/forget-person";
import { HistoryList } from "@/components/person/history-list";
import { nameFor } from "@/components/person/people-table";
import { CreateLinkForm, InvitePersonForm } from "@/components/person/person-acts";
import { PolicyStandings, staffWord, UseStandings } from "@/components/person/standing-tables";
import { Card } from "@/components/ui/card";
import { CursorPagination } from "@/components/ui/cursor-pagination";
import { EmptyState } from "@/components/ui/empty-state";
import { KeyValues } from "@/components/ui/key-values";
import { Mono } from "@/components/ui/mono";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { StatusBadge } from "@/components/ui/status-badge";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { localeName } from "@/lib/contract/locale-name";
import { Endings } from "@/components/webhook/passed-on";
import { historyPage, type PersonView } from "@/lib/contract/permission";
import { requireStaff, show } from "@/lib/delivery/web/page";
import { may } from "@/lib/domain/roles";
import { showEndings } from "@/lib/usecases/show-endings";
import { showPerson } from "@/lib/usecases/show-person";
import { createLinkAction, forgetPersonAction, invitePersonAction } from "../actions";

/** No name: what a browser remembers of a page would give it away. */
export async function generateMetadata({ params }: { params: Promise<{ id: string }> }): Promise<Metadata> {
  return { title: `Person ${(await params).id.slice(0, 8)}` };
}

type Query = Promise<{ done?: string | string[]; below?: string | string[] }>;

export default async function PersonPage({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Query }) {
  const [{ id }, { done, below }] = await Promise.all([params, searchParams]);
  const from = historyPage.parse(below);
  const staff = await requireStaff(`/studio/people/${id}`);
  const [person, endings] = await Promise.all([show(showPerson(staff, id, from)), show(showEndings(staff, id))]);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: "People", href: "/studio/people" }, { label: nameFor(person) }]}
        title={nameFor(person)}
        badge={person.due > 0 ? <StatusBadge status="due" label={person.due === 1 ? "1 question waits" : `${person.due} questions wait`} /> : undefined}
      />
      {done === "added" ? <Told>Added. Invite them, or create a link and pass it on.</Told> : null}
      {done === "known" ? <Told>This person was known already, so nothing was added.</Told> : null}
      {person.forgotten ? <div className="mb-6"><Forgotten person={person.id} done={typeof done === "string" ? done : ""} /></div> : null}
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Card title="Who this is">
          <KeyValues
            items={[
              ...(person.forgotten
                ? []
                : [
                    { label: "E-mail address", value: person.email ?? "Not known" },
                    { label: "Customer number", value: person.ref ?? "Not known" },
                    { label: "Language", value: localeName(person.locale) },
                    { label: "Remembered for them", value: person.remembered === 0 ? "Nothing" : person.remembered === 1 ? "1 thing" : `${person.remembered} things`, hint: "What it is, only they see." },
                  ]),
              { label: "Known since", value: <Time at={person.createdAt} show="date" /> },
              { label: "Id in the ledger", value: <Mono>{person.id}</Mono> },
            ]}
          />
        </Card>
        {(person.may.invite || person.may.link) && !person.forgotten ? (
          <Card title="Bring them to their page" description="Each link works once and opens their own page. That it was made stands in the ledger.">
            <div className="space-y-4">
              {person.may.invite && person.email !== null ? <InvitePersonForm action={invitePersonAction} person={person.id} requestId={randomUUID()} /> : null}
              {person.may.link ? <CreateLinkForm action={createLinkAction} person={person.id} requestId={randomUUID()} /> : null}
            </div>
          </Card>
        ) : null}
      </div>
      {person.forgotten ? null : <Standings person={person} />}
      <Endings endings={endings} />
      <Section title="As of an earlier moment" description="What was permitted then and the words they had answered, from the ledger alone."><Card><AsOfForm person={person.id} /></Card></Section>
      <Section title="History" description="Every answer and invitation, as the ledger has it.">
        {person.history.lines.length === 0 ? (
          <EmptyState icon={<History />} title="No entries yet">Answers appear here from the first one on.</EmptyState>
        ) : (
          <HistoryList lines={person.history.lines} words={staffWord} />
        )}
        <CursorPagination
          label="Pages of the history"
          newerHref={from === null ? undefined : `/studio/people/${person.id}`}
          newerLabel="Newest"
          olderHref={person.history.older === null ? undefined : `/studio/people/${person.id}?below=${person.history.older}`}
        />
      </Section>
      {may(staff, "people.forget") && !person.forgotten ? (
        <Section title="Forget this person" description="When they ask for it, or nothing speaks for keeping them any longer.">
          <ForgetPerson action={forgetPersonAction} person={person.id} requestId={randomUUID()} />
        </Section>
      ) : null}
    </>
  );
}

function Told({ children }: { children: ReactNode }) {
  return <div className="mb-6"><Notice tone="success" result>{children}</Notice></div>;
}

function Standings({ person: { permissions, policies } }: { person: PersonView }) {
  return (
    <>
      <Section title="Permissions">
        {permissions.length === 0 ? (
          <EmptyState icon={<HandHeart />} title="No data use is published yet">What people may be asked about appears here.</EmptyState>
        ) : (
          <Card padding="none"><UseStandings permissions={permissions} /></Card>
        )}
      </Section>
      {policies.length > 0 ? (
        <Section title="Policies"><Card padding="none"><PolicyStandings policies={policies} /></Card></Section>
      ) : null}
    </>
  );
}

/** Said at once to whoever did it, and to everybody who comes here later. */
function Forgotten({ person, done }: { person: string; done: string }) {
  const entry = <TextLink href={`/studio/ledger?kind=person-forgotten&person=${person}`}>The entry in the ledger</TextLink>;
  if (!done.startsWith("forgotten")) return <Notice title="This person was forgotten">What identified them is gone, and nobody answers for them any more. {entry} says when.</Notice>;
  const left = done === "forgotten-for-good" ? " Their address and customer number are left alone from now on." : "";
  return <Notice tone="success" result title="Forgotten">What identified this person is gone.{left} {entry} says so.</Notice>;
}
