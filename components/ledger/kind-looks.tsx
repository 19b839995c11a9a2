import { BadgeCheck, CalendarX, Download, FileInput, FileQuestionMark, History, KeyRound, Layers, MailPlus, MessageSquareText, ScrollText, Settings, TicketCheck, UserCheck, UserCog, UserMinus, UserPlus, UserX, Webhook } from "lucide-react";
import type { ReactNode } from "react";
import type { Tone } from "@/components/ui/tone";
import type { LedgerLine } from "@/lib/contract/ledger";

/** A sign for each kind of entry; the words beside it say the rest. */
export const kindLooks: { readonly [K in LedgerLine["kind"]]: { readonly icon: ReactNode; readonly tone: Tone } } = {
  "permission-answered": { icon: <UserCheck />, tone: "neutral" },
  "permission-used": { icon: <TicketCheck />, tone: "neutral" },
  "policy-answered": { icon: <UserCheck />, tone: "neutral" },
  "use-published": { icon: <Layers />, tone: "good" },
  "policy-published": { icon: <ScrollText />, tone: "good" },
  "policy-cancelled": { icon: <CalendarX />, tone: "warn" },
  "policy-imported": { icon: <FileInput />, tone: "note" },
  "prompt-published": { icon: <MessageSquareText />, tone: "good" },
  "person-invited": { icon: <MailPlus />, tone: "neutral" },
  "person-forgotten": { icon: <UserX />, tone: "warn" },
  "export-created": { icon: <Download />, tone: "note" },
  "staff-invited": { icon: <UserPlus />, tone: "neutral" },
  "staff-joined": { icon: <BadgeCheck />, tone: "neutral" },
  "staff-role-changed": { icon: <UserCog />, tone: "note" },
  "staff-disabled": { icon: <UserMinus />, tone: "warn" },
  "staff-enabled": { icon: <UserCheck />, tone: "note" },
  "invitation-revoked": { icon: <UserMinus />, tone: "warn" },
  "key-created": { icon: <KeyRound />, tone: "note" },
  "key-rotated": { icon: <KeyRound />, tone: "note" },
  "key-revoked": { icon: <KeyRound />, tone: "warn" },
  "webhook-created": { icon: <Webhook />, tone: "note" },
  "webhook-changed": { icon: <Webhook />, tone: "note" },
  "webhook-removed": { icon: <Webhook />, tone: "warn" },
  "ledger-restored": { icon: <History />, tone: "warn" },
  unreadable: { icon: <FileQuestionMark />, tone: "bad" },
  "settings-changed": { icon: <Settings />, tone: "note" },
};
