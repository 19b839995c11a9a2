import { z } from "zod";
import type { Entry, FactKind } from "@/lib/domain/entry";
import { key, requestId } from "@/lib/contract/text";

/** Every kind of entry and what it is called in a list of kinds, in the order of the work; complete by type. */
export const kindWords: { readonly [K in FactKind]: string } = {
  "permission-answered": "Answers about data uses",
  "permission-used": "One-time permissions used",
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
  "key-rotated": "API keys replaced",
  "key-revoked": "API keys revoked",
  "webhook-created": "Webhooks added",
  "webhook-changed": "Webhooks changed",
  "webhook-removed": "Webhooks removed",
  "settings-changed": "Settings changed",
  "ledger-restored": "Backups restored",
};

const isKind = (value: string): value is FactKind => Object.hasOwn(kindWords, value);
export const factKinds: readonly FactKind[] = Object.keys(kindWords).filter(isKind);

/** A place in the ledger, as addresses write it; an empty one is none. */
export const entryIndex = z.string().regex(/^\d{1,15}$/).transform(Number);

/** How many entries a checkpoint stands for, as somebody types it. */
export const checkpointSize = z
  .string({ error: "Write how many entries the older checkpoint stands for." })
  .trim()
  .transform((typed) => typed.replaceAll(/[, \u00a0]/g, ""))
  .pipe(z.string().regex(/^[1-9]\d{0,14}$/, "This is a whole number, such as 1204. It is the second line of the checkpoint.").transform(Number));

/** Proof that the newest checkpoint continues an older one. */
export const consistencyQuery = z.strictObject({ older: checkpointSize });
export type ConsistencyQuery = z.infer<typeof consistencyQuery>;

/** The whole ledger as a file; `request` comes from the page that showed the link. */
export const ledgerExport = z.strictObject({ request: requestId });
export type LedgerExport = z.infer<typeof ledgerExport>;

/** The consistency file: a proof that the newer checkpoint continues the older one (RFC 6962 §2.1.2), for anybody to check. */
export type ConsistencyFile = { readonly format: "handshake-consistency"; readonly v: 1; readonly key: string; readonly older: string; readonly newer: string; readonly proof: readonly string[] };

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
  /** `unreadable`: somebody changed the entry so that it says nothing any more. */
  readonly kind: FactKind | "unreadable";
  readonly at: Date;
  /** The whole entry as one plain sentence. */
  readonly words: string;
  /** Random id of the customer it is about; never a name. */
  readonly person: string | null;
  readonly about: { readonly kind: "use" | "policy"; readonly key: string; readonly name: string } | null;
};

export type Checkpoint = { readonly size: number; readonly root: string; readonly note: string; readonly signedAt: Date };

/** What anybody may know of the ledger: its public key as a C2SP vkey, and its newest checkpoint. */
export type LedgerKeyView = { readonly verifierKey: string; readonly checkpoint: Checkpoint | null };

/**
 * How the ledger stands against what left the house. `waiting`: the newest entries have yet to be seen; `behind`: entries
 * that were seen are missing; `forked`: others stand in their place; `unreadable`: it cannot be looked at from here.
 */
export type OutsideView = {
  readonly state: "empty" | "waiting" | "up-to-date" | "behind" | "forked" | "unreadable";
  /** How many entries were seen; 0 where none was, or it is not known. */
  readonly size: number;
  /** When the newest of them was. */
  readonly seenAt: Date | null;
  /** An entry has waited longer than it should. */
  readonly late: boolean;
};

export type LedgerView = LedgerKeyView & {
  readonly outside: OutsideView;
  /** Some checkpoints older than the newest, spread over the whole ledger, oldest first. */
  readonly olderCheckpoints: readonly { readonly size: number; readonly signedAt: Date }[];
  readonly can: { readonly export: boolean };
  readonly query: LedgerQuery;
  readonly subjects: readonly { readonly value: string; readonly label: string; readonly kind: "use" | "policy" }[];
  readonly lines: readonly LedgerLine[];
  readonly newer: number | null;
  readonly older: number | null;
};

export type EntryView = {
  readonly line: LedgerLine;
  /** Who did it; null in an entry that cannot be read. */
  readonly who: string | null;
  /** The exact bytes that the leaf commits to, as RFC 8785 canonical JSON. */
  readonly body: string;
  readonly entry: Entry | null;
  /** Lower-case hex SHA-256. */
  readonly leaf: string;
  readonly previous: string;
  /** Recomputed from the body just now, and equal to the leaf. */
  readonly leafHolds: boolean;
  /** The entry before has exactly the leaf that this one names; for the first entry there is none before. */
  readonly linkHolds: boolean;
  readonly newest: number;
  /** Whether there is a receipt of it: it is somebody's answer. */
  readonly hasReceipt: boolean;
};

/** An entry's place under the newest checkpoint (RFC 6962 §2.1.1). */
export type LedgerProofView = {
  /** Entries under that checkpoint. */
  readonly size: number;
  /** How many hashes lead from the entry to the checkpoint. */
  readonly length: number;
  /** They lead to the root that was signed. */
  readonly holds: boolean;
  /** The proof and the checkpoint as a C2SP tlog-proof; null where the stored tree has holes. */
  readonly proof: string | null;
};
