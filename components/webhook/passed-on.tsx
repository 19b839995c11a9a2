import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Disclosure } from "@/components/ui/disclosure";
import { Section } from "@/components/ui/section";
import { Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import type { Ending } from "@/lib/contract/webhook";

/** How many systems have followed what a customer ended; nothing where no system had to be told. */
export function PassedOn({ ending }: { ending: Ending | undefined }) {
  if (ending === undefined || ending.passed.length === 0) return null;
  return (
    <div className="mt-3">
      <Disclosure summary={passedOnWords(ending)}>
        <ul className="space-y-1 text-sm">
          {ending.passed.map(({ name, done, at }) => (
            <li key={name}>
              {name}: {done ? <>done{at ? <>, <Time at={at} show="date" /></> : null}</> : <span className="text-muted">on its way</span>}
            </li>
          ))}
        </ul>
      </Disclosure>
    </div>
  );
}

/** `Passed on to 2 of 3 systems`. */
function passedOnWords({ passed }: Ending): string {
  const done = passed.filter((one) => one.done).length;
  if (done < passed.length) return `Passed on to ${done} of ${passed.length} ${passed.length === 1 ? "system" : "systems"}`;
  return passed.length === 1 ? "Passed on to the one system that uses it" : `Passed on to all ${passed.length} systems`;
}

/** For staff: everything that ended for a customer, and who has followed. */
export function Endings({ endings }: { endings: readonly Ending[] }) {
  if (endings.length === 0) return null;
  return (
    <Section title="Passed on" description="Permissions of this customer that ended, and which systems have followed.">
      <Card padding="none">
        <Table
          caption="Passed on"
          rows={[...endings]}
          rowKey={({ index }) => String(index)}
          columns={[
            { key: "what", header: "What ended", primary: true, cell: ({ use, index }) => <TextLink href={`/studio/ledger/${index}`}>{use ?? "Everything: forgotten"}</TextLink> },
            { key: "at", header: "When", cell: ({ at }) => <Time at={at} /> },
            { key: "passed", header: "Systems", cell: ({ passed }) => <ul className="flex flex-wrap gap-1.5">{passed.map(({ name, state, done }) => <li key={name}><Badge tone={done ? "good" : state === "parked" ? "bad" : "note"}>{`${name}: ${done ? "done" : state === "parked" ? "not reached" : state === "delivered" ? "told, not confirmed" : "on its way"}`}</Badge></li>)}</ul> },
          ]}
        />
      </Card>
    </Section>
  );
}
