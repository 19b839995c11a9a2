import { MessageSquareText, ScrollText, Layers } from "lucide-react";
import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import { StatusBadge } from "@/components/ui/status-badge";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import type { ScheduledItem, WaitingItem } from "@/lib/contract/report";

const kinds: { readonly [K in WaitingItem["what"]]: { icon: ReactNode; word: string; href: (key: string) => string } } = {
  use: { icon: <Layers />, word: "Data use", href: (key) => `/studio/uses/${key}` },
  prompt: { icon: <MessageSquareText />, word: "Prompt", href: (key) => `/studio/prompts/${key}` },
  policy: { icon: <ScrollText />, word: "Policy", href: (key) => `/studio/policies/${key}` },
};

/** What waits for a second person, and what comes into force by itself. */
export function Waiting({ waiting, scheduled, now }: { waiting: readonly WaitingItem[]; scheduled: readonly ScheduledItem[]; now: Date }) {
  if (waiting.length === 0 && scheduled.length === 0) return <p className="text-muted">Nothing waits for approval, and nothing is scheduled.</p>;
  return (
    <Card padding="none">
      <ul className="divide-y divide-line">
        {waiting.map((item) => (
          <Row
            key={`${item.what} ${item.key} ${item.version}`}
            icon={kinds[item.what].icon}
            title={<TextLink quiet href={kinds[item.what].href(item.key)}>{item.name}</TextLink>}
            words={<>{`${kinds[item.what].word}, version ${item.version}`}{item.authors.length > 0 ? ` · written by ${item.authors.join(" and ")}` : null}{" · "}<Time at={item.since} show="relative" now={now} /></>}
            badge={<StatusBadge status="waiting" />}
          />
        ))}
        {scheduled.map((item) => (
          <Row
            key={`scheduled ${item.key} ${item.version}`}
            icon={kinds.policy.icon}
            title={<TextLink quiet href={kinds.policy.href(item.key)}>{item.title}</TextLink>}
            words={<>{`Policy, version ${item.version} · in force from `}<Time at={item.from} /></>}
            badge={<StatusBadge status="scheduled" />}
          />
        ))}
      </ul>
    </Card>
  );
}

function Row({ icon, title, words, badge }: { icon: ReactNode; title: ReactNode; words: ReactNode; badge: ReactNode }) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-5 py-3.5">
      <div className="flex min-w-0 items-start gap-3">
        <Icon className="mt-1 text-muted">{icon}</Icon>
        <div className="min-w-0">
          <p className="text-ink">{title}</p>
          <p className="text-sm text-muted">{words}</p>
        </div>
      </div>
      {badge}
    </li>
  );
}
