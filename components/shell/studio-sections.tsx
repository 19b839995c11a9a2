import {
  BookLock,
  ChartColumn,
  House,
  Layers,
  ListFilter,
  MessageSquareText,
  Repeat2,
  ScrollText,
  Settings,
  UserCog,
  UsersRound,
} from "lucide-react";
import { type ReactNode } from "react";

export type StudioSection =
  | "overview"
  | "uses"
  | "policies"
  | "prompts"
  | "people"
  | "re-asks"
  | "lists"
  | "reports"
  | "ledger"
  | "team"
  | "settings";

export interface StudioPlace {
  key: StudioSection;
  label: string;
  href: string;
  icon: ReactNode;
}

/** Where staff can go, in the order of their work: write, ask, prove, keep house. */
export const studioGroups: readonly { label?: string; places: readonly StudioPlace[] }[] = [
  { places: [{ key: "overview", label: "Overview", href: "/studio", icon: <House /> }] },
  {
    label: "The deal",
    places: [
      { key: "uses", label: "Data uses", href: "/studio/uses", icon: <Layers /> },
      { key: "policies", label: "Policies", href: "/studio/policies", icon: <ScrollText /> },
      { key: "prompts", label: "Prompts", href: "/studio/prompts", icon: <MessageSquareText /> },
    ],
  },
  {
    label: "Answers",
    places: [
      { key: "people", label: "People", href: "/studio/people", icon: <UsersRound /> },
      { key: "re-asks", label: "Re-asks", href: "/studio/re-asks", icon: <Repeat2 /> },
      { key: "lists", label: "Lists", href: "/studio/lists", icon: <ListFilter /> },
    ],
  },
  {
    label: "Proof",
    places: [
      { key: "reports", label: "Reports", href: "/studio/reports", icon: <ChartColumn /> },
      { key: "ledger", label: "Ledger", href: "/studio/ledger", icon: <BookLock /> },
    ],
  },
  {
    label: "Organisation",
    places: [
      { key: "team", label: "Team", href: "/studio/team", icon: <UserCog /> },
      { key: "settings", label: "Settings", href: "/studio/settings", icon: <Settings /> },
    ],
  },
];
