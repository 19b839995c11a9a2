import { StatusBadge } from "@/components/ui/status-badge";
import { Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import type { PersonIdentity, PersonLine } from "@/lib/contract/person";
import { Address } from "./address";

/** What staff call somebody: the name, else what they are known by. */
export function nameFor({ name, email, ref }: PersonIdentity): string {
  return name ?? email ?? ref ?? "Forgotten person";
}

/** Everybody on this page of the list. */
export function PeopleTable({ people }: { people: readonly PersonLine[] }) {
  return (
    <Table
      caption="People"
      rows={people}
      rowKey={({ id }) => id}
      columns={[
        { key: "name", header: "Name", primary: true, cell: (person) => <TextLink href={`/studio/people/${person.id}`}><Address>{nameFor(person)}</Address></TextLink> },
        { key: "email", header: "E-mail address", cell: ({ email }) => (email === null ? "—" : <Address>{email}</Address>) },
        { key: "ref", header: "Customer number", cell: ({ ref }) => (ref === null ? "—" : <Address>{ref}</Address>) },
        { key: "since", header: "Known since", cell: ({ createdAt }) => <Time at={createdAt} show="date" /> },
        {
          key: "due",
          header: "Questions",
          cell: ({ due, forgotten }) => (forgotten ? "—" : due === 0 ? <span className="text-muted">None</span> : <StatusBadge status="due" size="sm" label={due === 1 ? "1 waits" : `${due} wait`} />),
        },
      ]}
    />
  );
}
