import { Badge } from "@/components/ui/badge";
import { Mono } from "@/components/ui/mono";
import { Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { CircleAlert, CircleCheck, CirclePause } from "lucide-react";
import type { WebhookView } from "@/lib/contract/webhook";
import { kindWords } from "./words";

/** Everybody who is told, and how it stands with each. */
export function WebhookTable({ webhooks, now }: { webhooks: readonly WebhookView[]; now: Date }) {
  return (
    <Table
      caption="Webhooks"
      rows={[...webhooks]}
      rowKey={(row) => row.id}
      columns={[
        {
          key: "name",
          header: "Name",
          primary: true,
          cell: (row) => (
            <>
              <TextLink href={`/studio/webhooks/${row.id}`}>{row.name}</TextLink>
              <span className="block text-sm font-normal text-muted"><Mono>{new URL(row.url).host}</Mono></span>
            </>
          ),
        },
        { key: "kinds", header: "Told of", cell: (row) => row.kinds.map((kind) => kindWords[kind].name).join(", ") },
        { key: "state", header: "State", cell: (row) => <WebhookState webhook={row} now={now} /> },
        { key: "waiting", header: "Waiting", numeric: true, cell: (row) => counted(row.waiting) },
        { key: "parked", header: "Parked", numeric: true, cell: (row) => counted(row.parked) },
      ]}
    />
  );
}

/** How it stands with a subscriber, in one mark. */
export function WebhookState({ webhook, now }: { webhook: Pick<WebhookView, "pausedAt" | "failingSince">; now: Date }) {
  if (webhook.pausedAt) return <Badge icon={<CirclePause />}>Paused</Badge>;
  if (webhook.failingSince) return <Badge tone="bad" icon={<CircleAlert />}>{`Failing for ${lasting(webhook.failingSince, now)}`}</Badge>;
  return <Badge tone="good" icon={<CircleCheck />}>On</Badge>;
}

/** Counting stops at ten thousand. */
const counted = (count: number): string => (count >= 10_000 ? "10,000 or more" : count.toLocaleString("en-GB"));

function lasting(since: Date, now: Date): string {
  const minutes = Math.max(1, Math.floor((now.getTime() - since.getTime()) / 60_000));
  if (minutes < 120) return minutes === 1 ? "a minute" : `${minutes} minutes`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} hours` : `${Math.floor(hours / 24)} days`;
}
