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

/** Breaks within a word only where one is longer than its column may be. */
const bounded = "inline-block max-w-full [overflow-wrap:break-word] sm:max-w-64";

/** Everybody on this page of the list. */
export function PeopleTable({ people }: { people: readonly PersonLine[] }) {
  return (
    <Table
      caption="People"
      rows={people}
      rowKey={({ id }) => id}
      columns={[
        { key: "name", header: "Name", primary: true, cell: (person) => <span className={bounded}><TextLink href={`/studio/people/${person.id}`}><Address>{nameFor(person)}</Address></TextLink></span> },
        { key: "email", header: "E-mail address", cell: ({ email }) => (email === null ? "—" : <span className={bounded}><Address>{email}</Address></span>) },
        { key: "ref", header: "Customer number", cell: ({ ref }) => (ref === null ? "—" : <span className={bounded}>{ref}</span>) },
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
