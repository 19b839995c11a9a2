import { Equal, Shrink, Shuffle, Expand } from "lucide-react";
import { type ReactNode } from "react";
import { Badge } from "./badge";
import { type Tone } from "./tone";

/** How one dimension of the terms stands to an earlier version. */
export type RelationWord = "same" | "narrower" | "wider" | "different";

const looks: Record<RelationWord, { tone: Tone; icon: ReactNode; word: string }> = {
  same: { tone: "neutral", icon: <Equal />, word: "Same" },
  narrower: { tone: "good", icon: <Shrink />, word: "Narrower" },
  wider: { tone: "warn", icon: <Expand />, word: "Wider" },
  different: { tone: "note", icon: <Shuffle />, word: "Different" },
};

export interface RelationBadgeProps {
  relation: RelationWord;
  label?: string | undefined;
  size?: "sm" | "md" | undefined;
}

/** Same, narrower, wider or different: icon and word. */
export function RelationBadge({ relation, label, size }: RelationBadgeProps) {
  const look = looks[relation];
  return <Badge tone={look.tone} icon={look.icon} size={size}>{label ?? look.word}</Badge>;
}
