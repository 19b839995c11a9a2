import {
  BadgeCheck,
  BellRing,
  CalendarClock,
  Check,
  CircleDashed,
  CircleSlash,
  CircleX,
  Eye,
  Hand,
  History,
  Hourglass,
  PencilLine,
  Square,
  TimerOff,
  Undo2,
} from "lucide-react";
import { type ReactNode } from "react";
import { Badge } from "./badge";
import { type Tone } from "./tone";

/** Every state something can be shown in. Refused, withdrawn and never asked are three things. */
export type Status =
  | "draft"
  | "waiting"
  | "live"
  | "scheduled"
  | "superseded"
  | "ended"
  | "granted"
  | "accepted"
  | "acknowledged"
  | "refused"
  | "declined"
  | "withdrawn"
  | "objected"
  | "due"
  | "never-asked"
  | "expired";

const looks: Record<Status, { tone: Tone; icon: ReactNode; word: string }> = {
  draft: { tone: "neutral", icon: <PencilLine />, word: "Draft" },
  waiting: { tone: "warn", icon: <Hourglass />, word: "Waiting for approval" },
  live: { tone: "good", icon: <BadgeCheck />, word: "In force" },
  scheduled: { tone: "note", icon: <CalendarClock />, word: "Scheduled" },
  superseded: { tone: "neutral", icon: <History />, word: "Superseded" },
  ended: { tone: "neutral", icon: <Square />, word: "Ended" },
  granted: { tone: "good", icon: <Check />, word: "Granted" },
  accepted: { tone: "good", icon: <Check />, word: "Accepted" },
  acknowledged: { tone: "good", icon: <Eye />, word: "Acknowledged" },
  refused: { tone: "bad", icon: <CircleSlash />, word: "Refused" },
  declined: { tone: "bad", icon: <CircleX />, word: "Declined" },
  withdrawn: { tone: "bad", icon: <Undo2 />, word: "Withdrawn" },
  objected: { tone: "bad", icon: <Hand />, word: "Objected" },
  due: { tone: "warn", icon: <BellRing />, word: "To be asked" },
  "never-asked": { tone: "neutral", icon: <CircleDashed />, word: "Never asked" },
  expired: { tone: "warn", icon: <TimerOff />, word: "Expired" },
};

export interface StatusBadgeProps {
  status: Status;
  /** Another word for it, where this place has a better one. */
  label?: string | undefined;
  /** After the word: "version 3", "21 Nov". */
  detail?: ReactNode;
  size?: "sm" | "md" | undefined;
}

/** The word a status is called by, for places without a badge. */
export function statusWord(status: Status): string {
  return looks[status].word;
}

/** A state: colour, icon and word together. */
export function StatusBadge({ status, label, detail, size }: StatusBadgeProps) {
  const look = looks[status];
  return (
    <Badge tone={look.tone} icon={look.icon} size={size}>
      {label ?? look.word}
      {detail ? <span className="font-normal"> · {detail}</span> : null}
    </Badge>
  );
}
