import { z } from "zod";
import type { PersonIdentity } from "./person";
import type { ShownContent } from "./question";
import type { PermissionAnswer } from "@/lib/domain/answer";
import type { DecisionReason, PermissionState } from "@/lib/domain/decision";
import type { AcceptanceState } from "@/lib/domain/entry";
import type { JsonObject } from "@/lib/domain/receipt-facts";
import type { LegalBasis } from "@/lib/domain/terms";
import type { DescribedTerm } from "@/lib/domain/terms-in-words";

/** What opens a commitment: SHA-256 over the salt and the identity, which is canonical JSON. */
const opening = z.strictObject({ identity: z.string(), salt: z.string().regex(/^[0-9a-f]{64}$/) });

/** The receipt file: everything that is needed to check an answer without us. */
export const receiptFile = z.strictObject({
  format: z.literal("handshake-receipt"),
  v: z.literal(1),
  /** The public key of the ledger's checkpoints, as a C2SP vkey. */
  key: z.string(),
  /** The entry's canonical JSON (RFC 8785), character for character. */
  entry: z.string(),
  /** A C2SP tlog-proof: from the entry's leaf to the signed checkpoint it was acknowledged under. */
  proof: z.string(),
  /** Canonical JSON of what was shown; its SHA-256 stands in the entry. */
  shown: z.string().nullable(),
  /** Opens the entry's commitment to who the person is; only in the person's own receipt. */
  person: opening.nullable(),
  /** The same for who answered for them; only where somebody did, and only in the person's own receipt. */
  guardian: opening.optional(),
});
export type ReceiptFile = z.infer<typeof receiptFile>;

export const receiptFormat = z.enum(["json", "jsonld", "kantara"]);
export type ReceiptFormat = z.infer<typeof receiptFormat>;

/** What an answer means by now. */
export type ReceiptNow =
  /** It is the last word about a data use. */
  | { readonly kind: "permission"; readonly allowed: boolean; readonly reason: DecisionReason; readonly basis: LegalBasis; readonly changed: boolean; readonly liveVersion: number }
  /** It is the last word about a policy. */
  | { readonly kind: "policy"; readonly liveVersion: number; readonly waits: boolean }
  /** The person answered again since. */
  | { readonly kind: "replaced"; readonly answer: PermissionState | AcceptanceState; readonly at: Date; readonly index: number }
  /** The data use or policy is not there any more. */
  | { readonly kind: "gone" };

/** Empty where nothing opens it. */
export type GuardianView = { readonly name: string | null; readonly ref: string | null; readonly relation: string | null };

/** An answer as its page says it. */
export type ReceiptView = {
  /** Of the entry in the ledger. */
  readonly index: number;
  readonly at: Date;
  readonly kind: "permission" | "policy";
  readonly key: string;
  /** As it was asked, else as it is called. */
  readonly title: string;
  readonly version: number;
  readonly answer: PermissionAnswer | AcceptanceState;
  /** Beside `kept`: the version that stands. */
  readonly keeps: number | null;
  readonly channel: string;
  readonly expiresAt: Date | null;
  /** Good for one decision. */
  readonly once: boolean;
  /** Who answered for the person: by name, where the receipt opens it; null where nobody did. */
  readonly guardian: GuardianView | null;
  /** Given elsewhere; what was shown there is not known here. */
  readonly imported: { readonly source: string; readonly answeredAt: Date } | null;
  /** Exactly what was shown; null where no question was needed. */
  readonly shown: ShownContent | null;
  /** SHA-256 of it, hex. */
  readonly digest: string | null;
  /** The terms of the answered version in plain words; none for a policy. */
  readonly terms: readonly DescribedTerm[];
  readonly now: ReceiptNow;
  /** The moment of that now. */
  readonly readAt: Date;
  readonly organisation: string;
  readonly contactEmail: string | null;
  /** Where the person's pages are, without a slash at its end. */
  readonly house: string;
  /** Who the entry's commitment stands for, where the receipt opens it. */
  readonly person: PersonIdentity | null;
  readonly leaf: string;
  readonly verifierKey: string;
  readonly formats: readonly ReceiptFormat[];
};

/** One receipt in every form there is of it. */
export type ReceiptForms = {
  readonly view: ReceiptView;
  readonly file: ReceiptFile;
  /** ISO/IEC TS 27560 in JSON-LD; null for an answer to a policy, which is no consent. */
  readonly jsonld: JsonObject | null;
  /** Kantara v1.1; null where that format cannot say the answer. */
  readonly kantara: JsonObject | null;
};

/** What a receipt file is called. */
export const receiptFileName = (index: number): string => `handshake-receipt-${index}.json`;
