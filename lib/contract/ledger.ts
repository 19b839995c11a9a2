import { z } from "zod";
import type { Entry, FactKind } from "@/lib/domain/entry";
import { key } from "@/lib/contract/text";

/** Every kind of entry and what it is called in a list of kinds, in the order of the work; complete by type. */
export const kindWords: { readonly [K in FactKind]: string } = {
  "permission-answered": "Answers about data uses",
  "policy-answered": "Answers to policies",
  "use-published": "Data uses published",
  "policy-published": "Policies published",
  "policy-cancelled": "Policies called off",
  "policy-imported": "Policies imported",
  "prompt-published": "Prompts published",
  "person-invited": "Customers invited",
  "person-forgotten": "Customers forgotten",
  "export-created": "Downloads",
  "staff-invited": "Colleagues invited",
  "staff-joined": "Colleagues joined",
  "staff-role-changed": "Roles changed",
  "staff-disabled": "Accounts disabled",
  "staff-enabled": "Accounts enabled",
  "invitation-revoked": "Invitations revoked",
  "key-created": "API keys created",
  "key-revoked": "API keys revoked",
  "settings-changed": "Settings changed",
  "ledger-restored": "Backups restored",
};

const isKind = (value: string): value is FactKind => Object.hasOwn(kindWords, value);
export const factKinds: readonly FactKind[] = Object.keys(kindWords).filter(isKind);

/** A place in the ledger, as addresses write it; an empty one is none. */
export const entryIndex = z.string().regex(/^\d{1,15}$/).transform(Number);

/** Which entries an address asks for; what makes no sense is left out. */
export const ledgerQuery = z.object({
  kind: z.string().refine(isKind).optional().catch(undefined),
  /** `use:KEY` or `policy:KEY`. */
  about: z
    .string()
    .refine((value) => /^(use|policy):/.test(value) && key.safeParse(value.replace(/^\w+:/, "")).success)
    .optional()
    .catch(undefined),
  person: z.string().trim().pipe(z.guid()).optional().catch(undefined),
  /** Entries below this index, newest first. */
  before: entryIndex.optional().catch(undefined),
  /** The page of entries just above this index. */
  after: entryIndex.optional().catch(undefined),
});
export type LedgerQuery = z.infer<typeof ledgerQuery>;

/** What ids and keys in entries are called now. A name that is gone is said in general words. */
export type Names = { readonly staff: ReadonlyMap<string, string>; readonly uses: ReadonlyMap<string, string>; readonly policies: ReadonlyMap<string, string>; readonly keys: ReadonlyMap<string, string> };

export type LedgerLine = {
  readonly index: number;
  readonly kind: FactKind;
  readonly at: Date;
  /** The whole entry as one plain sentence. */
  readonly words: string;
  /** Random id of the customer it is about; never a name. */
  readonly person: string | null;
  readonly about: { readonly kind: "use" | "policy"; readonly key: string; readonly name: string } | null;
};

export type Checkpoint = { readonly size: number; readonly root: string; readonly note: string; readonly signedAt: Date };

export type LedgerView = {
  readonly checkpoint: Checkpoint | null;
  /** The public key under which the checkpoint verifies, as a C2SP vkey. */
  readonly verifierKey: string;
  readonly query: LedgerQuery;
  readonly subjects: readonly { readonly value: string; readonly label: string; readonly kind: "use" | "policy" }[];
  readonly lines: readonly LedgerLine[];
  readonly newer: number | null;
  readonly older: number | null;
};

export type EntryView = {
  readonly line: LedgerLine;
  readonly who: string;
  /** The exact bytes that the leaf commits to, as RFC 8785 canonical JSON. */
  readonly body: string;
  readonly entry: Entry;
  /** Lower-case hex SHA-256. */
  readonly leaf: string;
  readonly previous: string;
  /** Recomputed from the body just now, and equal to the leaf. */
  readonly leafHolds: boolean;
  /** The entry before has exactly the leaf that this one names; for the first entry there is none before. */
  readonly linkHolds: boolean;
  readonly newest: number;
  readonly verifierKey: string;
};
