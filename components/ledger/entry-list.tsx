import { kindLooks } from "@/components/ledger/kind-looks";
import { Card } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import { Mono } from "@/components/ui/mono";
import { Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { toneText } from "@/components/ui/tone";
import type { LedgerLine } from "@/lib/contract/ledger";

/** Entries in plain words, newest first. A customer's random id filters by them. */
export function EntryList({ lines }: { lines: readonly LedgerLine[] }) {
  return (
    <Card padding="none">
      <Table
        caption="Ledger entries, newest first"
        rows={lines}
        rowKey={(line) => String(line.index)}
        columns={[
          {
            key: "words",
            header: "What happened",
            primary: true,
            cell: (line) => (
              <span className="flex items-start gap-3 font-normal">
                <Icon className={`mt-1 ${toneText[kindLooks[line.kind].tone]}`} size="sm">{kindLooks[line.kind].icon}</Icon>
                <TextLink quiet className="font-normal" href={`/studio/ledger/${line.index}`}>{line.words}</TextLink>
              </span>
            ),
          },
          {
            key: "person",
            header: "Customer",
            cell: (line) => (line.person === null ? <span className="text-faint">–</span> : <TextLink href={`/studio/ledger?person=${line.person}`}><Mono>{line.person.slice(0, 8)}</Mono></TextLink>),
          },
          { key: "at", header: "When", cell: (line) => <Time at={line.at} /> },
          { key: "index", header: "Entry", numeric: true, cell: (line) => line.index.toLocaleString("en-GB") },
        ]}
      />
    </Card>
  );
}
