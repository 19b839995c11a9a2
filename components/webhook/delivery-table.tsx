import { CircleCheck, CircleCheckBig, CirclePause, Clock } from "lucide-react";
import type { ReactNode } from "react";
import { ActDialog } from "@/components/staff/act-dialog";
import { Badge, type BadgeProps } from "@/components/ui/badge";
import { Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import type { FormState } from "@/lib/contract/form";
import type { DeliveryView } from "@/lib/contract/webhook";
import type { DeliveryState } from "@/lib/domain/webhook";
import { codeInWords, kindWords, stateWords } from "./words";

type Props = { webhook: string; deliveries: readonly DeliveryView[]; replay: (before: FormState, form: FormData) => Promise<FormState>; now: Date };

const looks: { readonly [S in DeliveryState]: { readonly tone: BadgeProps["tone"]; readonly icon: ReactNode } } = {
  waiting: { tone: "note", icon: <Clock /> },
  delivered: { tone: "good", icon: <CircleCheck /> },
  confirmed: { tone: "good", icon: <CircleCheckBig /> },
  parked: { tone: "warn", icon: <CirclePause /> },
};

/** What went to one subscriber: what it was about, how it went, and never what was answered. */
export function DeliveryTable({ webhook, deliveries, replay, now }: Props) {
  return (
    <Table
      caption="Deliveries"
      rows={[...deliveries]}
      rowKey={(row) => row.id}
      columns={[
        { key: "what", header: "What", primary: true, cell: (row) => (row.kind === "test" ? "Test" : kindWords[row.kind].name) },
        {
          key: "about",
          header: "About",
          cell: (row) => (
            <>
              {row.about}
              {row.person === null ? (row.about === null ? <span className="text-muted">Nothing in particular</span> : null) : (
                <span className="block text-sm"><TextLink href={`/studio/people/${row.person}`}>Open the customer</TextLink></span>
              )}
            </>
          ),
        },
        { key: "at", header: "Happened", cell: (row) => <Time at={row.at} /> },
        {
          key: "state",
          header: "State",
          cell: (row) => (
            <>
              <Badge tone={looks[row.state].tone} icon={looks[row.state].icon}>{stateWords[row.state]}</Badge>
              <span className="block text-sm text-muted">
                {row.attempts === 0 ? "Not tried yet" : `${row.attempts === 1 ? "1 try" : `${row.attempts} tries`}${row.lastCode === null ? "" : `, ${codeInWords(row.lastCode)}`}`}
                {row.nextTry !== null && row.attempts > 0 ? <>; next <Time at={row.nextTry} show="relative" now={now} /></> : null}
              </span>
            </>
          ),
        },
        {
          key: "act",
          header: "Send again",
          hideLabel: true,
          cell: (row) => (
            <ActDialog
              trigger={row.state === "waiting" ? "Try now" : "Send again"}
              triggerVariant="quiet"
              triggerSize="sm"
              title={row.state === "waiting" ? "Try this now?" : "Send this again?"}
              description="It goes out with the same id, so a system that has it already can tell."
              confirmLabel={row.state === "waiting" ? "Try now" : "Send again"}
              action={replay}
              fields={{ webhook, delivery: row.id }}
            />
          ),
        },
      ]}
    />
  );
}
