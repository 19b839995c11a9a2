import { z } from "zod";
import { call } from "./call";
import { personRef } from "./decision";
import { key, requestId } from "./text";
import type { PersonIdentity } from "./person";
import type { Change, ShownContent } from "./question";
import { decisionReasons, permissionStates, type DecisionReason, type DueReason, type PermissionState } from "@/lib/domain/decision";
import { acceptanceStates, type AcceptanceState } from "@/lib/domain/entry";
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
  /** Language of title, benefit and what happens on no. */
  readonly locale: string;
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
    /** A newer version that they refused while they kept this one. */
    readonly declined: number | null;
    /** Good for one decision; `usedAt`: it was made. */
    readonly once: boolean;
    readonly usedAt: Date | null;
    /** Given elsewhere; what was shown there is not known here. */
    readonly imported: { readonly source: string; readonly answeredAt: Date } | null;
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
  readonly name: string;
  /** The text's title in the person's language, else the policy's name. */
  readonly title: string;
  readonly asks: "accept" | "acknowledge" | "nothing";
  readonly version: number;
  readonly inForceFrom: Date;
  readonly state: AcceptanceState | "never-asked";
  readonly due: PolicyDueReason | null;
  readonly answered: { readonly version: number; readonly at: Date; readonly index: number; readonly channel: string } | null;
};

/** One line of a person's history. */
export type HistoryLine = {
  /** Index of the entry in the ledger. */
  readonly index: number;
  readonly at: Date;
  readonly kind: "permission" | "policy" | "invited" | "used";
  /** What the use or policy is called; null for an invitation. */
  readonly name: string | null;
  readonly key: string | null;
  readonly version: number | null;
  readonly answer: string;
  readonly channel: string;
  /** SHA-256 of what was shown, hex; null where no question was needed. */
  readonly digest: string | null;
  /** Exactly what was shown. */
  readonly shown: ShownContent | null;
  /** Beside `kept`: the version that stands. */
  readonly keeps?: number;
  readonly expiresAt?: Date;
  readonly once?: true;
  /** Somebody answered for them. */
  readonly guardian?: true;
  readonly imported?: { readonly source: string; readonly answeredAt: Date };
};

export type HistoryPage = { readonly lines: readonly HistoryLine[]; readonly older: number | null };

/** Everything staff see of one person. */
export type PersonView = PersonIdentity & {
  readonly id: string;
  readonly locale: string;
  readonly createdAt: Date;
  readonly forgotten: boolean;
  readonly due: number;
  readonly permissions: readonly PermissionView[];
  readonly policies: readonly PolicyStandingView[];
  readonly history: HistoryPage;
  /** How many things are remembered for them; what they are, only they see. */
  readonly remembered: number;
  /** What this member of staff may do here. */
  readonly may: { readonly invite: boolean; readonly link: boolean };
};

/** Where a page of history begins: below this entry, or (null) at the newest. What makes no sense begins at the newest. */
export const historyPage = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).nullable().catch(null).default(null);

const answeredHere = {
  answeredVersion: z.int().describe("The version that they last answered.").optional(),
  answeredAt: z.iso.datetime().describe("When they did.").optional(),
  index: z.int().describe("Index of the answer's entry in the ledger.").optional(),
  channel: z.string().describe("Where they answered.").optional(),
  due: z.enum(["never-asked", "use-changed", "new-version", "expired"]).describe("Why they are to be asked; left out where there is nothing to ask.").optional(),
};
const name = z.string().describe("What it is called.");
const inForce = z.int().describe("The version in force.");

/** Where a person stands with everything in force, to a program. */
export const permissionsReply = z.strictObject({
  permissions: z.array(
    z.strictObject({
      use: z.string().describe("Key of the data use."),
      name,
      version: inForce,
      state: z.enum([...permissionStates, "never-asked"]).describe("What they last answered."),
      allowed: z.boolean().describe("Whether it may be done now under the version in force."),
      reason: z.enum(decisionReasons).describe("Why, or why not."),
      ...answeredHere,
      until: z.iso.datetime().describe("Until when the answer holds.").optional(),
      once: z.literal(true).describe("The answer is good for one allowed decision.").optional(),
      usedAt: z.iso.datetime().describe("When that decision was made.").optional(),
      declined: z.int().describe("A newer version that they refused while they kept `answeredVersion`.").optional(),
      imported: z
        .strictObject({ source: z.string().describe("Where it was given."), answeredAt: z.iso.datetime().describe("When, as is said there.") })
        .describe("The answer was given elsewhere; what was shown there is not known here.")
        .optional(),
    }),
  ).describe("One for each data use in force."),
  policies: z.array(
    z.strictObject({
      policy: z.string().describe("Key of the policy."),
      name,
      version: inForce,
      asks: z.enum(["accept", "acknowledge", "nothing"]).describe("What people are asked about it."),
      state: z.enum([...acceptanceStates, "never-asked"]).describe("What they last answered."),
      ...answeredHere,
    }),
  ).describe("One for each policy in force."),
});
export type PermissionsReply = z.input<typeof permissionsReply>;

export const permissionsCall = call({
  name: "showPermissions",
  method: "get",
  path: "/v1/people/{ref}/permissions",
  scope: "ask",
  summary: "Where a person stands",
  description: "Every data use and policy in force, what this person last answered about it, and what follows from that now.",
  params: z.strictObject({ ref: personRef }),
  reply: {
    status: 200,
    body: permissionsReply,
    description: "Data uses and policies, by name.",
  },
  refusals: ["not-found"],
});
