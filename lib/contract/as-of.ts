import { z } from "zod";
import type { PersonIdentity } from "./person";
import type { PolicyAsks } from "./policy";
import type { ShownContent } from "./question";
import type { Decision, PermissionState } from "@/lib/domain/decision";
import type { AcceptanceState } from "@/lib/domain/entry";
import type { UseStanding } from "@/lib/domain/replay";

const chooseMoment = "Choose a date and a time, such as 2026-03-03 14:00.";

/** A date and a time in UTC, as the browser's field posts it or as somebody writes it: `2026-03-03T14:00`, `2026-03-03 14:00 UTC`. */
export const asOfMoment = z
  .string({ error: chooseMoment })
  .trim()
  .transform((value) => value.replace(/^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2})(:\d{2}(?:\.\d{1,3})?)?(?:[Zz]| ?UTC)?$/, (_all, day: string, minutes: string, seconds = ":00") => `${day}T${minutes}${seconds}Z`))
  .pipe(z.iso.datetime({ error: chooseMoment }))
  .transform((value) => new Date(value));

/** What the address asks for: nothing yet, a moment, or something that is none, with what was typed. */
export type AsOfAsked =
  | { readonly status: "none" }
  | { readonly status: "moment"; readonly at: Date }
  | { readonly status: "unreadable"; readonly typed: string; readonly message: string };

/** Reads the moment of an address; of several the first. */
export function readAsOf(value: string | readonly string[] | undefined): AsOfAsked {
  const typed = typeof value === "string" ? value : value?.[0];
  if (typed === undefined) return { status: "none" };
  const read = asOfMoment.safeParse(typed);
  return read.success ? { status: "moment", at: read.data } : { status: "unreadable", typed: typed.slice(0, 100), message: chooseMoment };
}

/** A person's last answer by then. */
export type AnswerThen<State> = {
  readonly state: State;
  readonly version: number;
  readonly at: Date;
  /** Of its entry in the ledger. */
  readonly index: number;
  readonly channel: string;
  /** The last words they saw about it. Their `index` is the answer's own, unless that was given without a question. */
  readonly words: {
    readonly index: number;
    /** SHA-256 of what was shown, hex. */
    readonly digest: string;
    /** Exactly what was shown; null when nothing is kept that has this digest. */
    readonly content: ShownContent | null;
  } | null;
};

/** The same about a data use, with what bounded it. */
export type UseAnswerThen = AnswerThen<PermissionState> & Pick<UseStanding, "expiresAt" | "declined" | "once" | "usedAt" | "imported">;

/** One data use that was in force. */
export type UseAsOf = Decision & {
  readonly use: string;
  readonly name: string;
  /** The version in force, which the decision is about. */
  readonly version: number;
  readonly publishedAt: Date;
  readonly answer: UseAnswerThen | null;
  /** The same for each version published by then, oldest first. */
  readonly versions: readonly (Decision & { readonly version: number })[];
};

/** One policy that was in force. */
export type PolicyAsOf = {
  readonly policy: string;
  readonly name: string;
  readonly asks: PolicyAsks;
  readonly version: number;
  readonly inForceFrom: Date;
  readonly answer: AnswerThen<AcceptanceState> | null;
};

/** One person at one instant, as the ledger's entries tell it. */
export type AsOfView = {
  readonly person: PersonIdentity & { readonly id: string };
  /** When the ledger began; null while it is empty. */
  readonly began: Date | null;
} & (
  | { readonly status: "none" }
  | { readonly status: "to-come" | "before-the-ledger"; readonly at: Date }
  | {
      readonly status: "told";
      readonly at: Date;
      /** Forgotten by then: nothing they answered stands any more. `suppressed`: they are to be left alone. */
      readonly forgotten: { readonly at: Date; readonly suppressed: boolean } | null;
      readonly uses: readonly UseAsOf[];
      readonly policies: readonly PolicyAsOf[];
    }
);
