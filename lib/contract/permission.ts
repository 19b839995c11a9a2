import { z } from "zod";
import { key, requestId } from "./text";
import type { Change } from "./question";
import type { DecisionReason, DueReason, PermissionState } from "@/lib/domain/decision";
import type { AcceptanceState } from "@/lib/domain/entry";
import type { PolicyDueReason } from "@/lib/domain/policy";
import type { LegalBasis } from "@/lib/domain/terms";
import type { DescribedTerm } from "@/lib/domain/terms-in-words";

export const withdrawPermissionInput = z.strictObject({ use: key, requestId });
export type WithdrawPermissionInput = z.infer<typeof withdrawPermissionInput>;

/** What came of taking a permission back. */
export type WithdrawalView = {
  readonly use: string;
  readonly state: PermissionState;
  readonly version: number;
  readonly recordedAt: Date;
  /** Index of the entry in the ledger. */
  readonly index: number;
  /** It had been taken back before; nothing was written. */
  readonly already: boolean;
};

/** Where one person stands with one data use. Refused, never asked and withdrawn are three things. */
export type PermissionView = {
  readonly use: string;
  readonly name: string;
  /** The prompt's title in the person's language, else the use's name. */
  readonly title: string;
  readonly benefit: string;
  readonly ifNo: string;
  readonly state: PermissionState | "never-asked";
  /** Why they will be asked, or null. */
  readonly due: DueReason | null;
  readonly basis: LegalBasis;
  readonly liveVersion: number;
  readonly answered: {
    readonly version: number;
    readonly at: Date;
    readonly index: number;
    readonly channel: string;
    readonly expiresAt: Date | null;
  } | null;
  /** What may be done now under the live version. */
  readonly allowed: boolean;
  readonly reason: DecisionReason;
  /** The terms of the version they answered; of the live one where they never did. */
  readonly terms: readonly DescribedTerm[];
  /** The live version against the answered one. */
  readonly changes: readonly Change[];
  /** Whether there is a published question to answer it by. */
  readonly askable: boolean;
};

/** Where one person stands with one policy. */
export type PolicyStandingView = {
  readonly policy: string;
  readonly title: string;
  readonly asks: "accept" | "acknowledge" | "nothing";
  readonly version: number;
  readonly inForceFrom: Date;
  readonly state: AcceptanceState | "never-asked";
  readonly due: PolicyDueReason | null;
  readonly answered: { readonly version: number; readonly at: Date; readonly index: number; readonly channel: string } | null;
};
