import type { DescribedTerm } from "@/lib/domain/terms-in-words";
import type { PolicyHead } from "./policy-views";

/** `announced`: published, with its text to read, and in force later. */
export type PublicStanding = "in-force" | "announced" | "superseded";

export type PublicVersionHead = {
  readonly number: number;
  readonly standing: PublicStanding;
  readonly inForceFrom: Date;
  /** When the next one took (or takes) its place; null while there is none. */
  readonly until: Date | null;
  readonly publishedAt: Date;
  readonly origin: "written" | "imported";
  readonly changeNote: string;
  /** SHA-256 in hex; the ledger's entry of the publication holds it too. */
  readonly digest: string;
  readonly entryIndex: number;
};

/** A data use that a clause describes, in its terms as they are now. */
export type CitedTerms = { readonly key: string; readonly name: string; readonly version: number; readonly terms: readonly DescribedTerm[] };

export type PublicClause = {
  readonly id: string;
  readonly anchor: string;
  readonly heading: string | null;
  /** Sanitised. */
  readonly html: string;
  readonly uses: readonly CitedTerms[];
};

export type PublicText = { readonly locale: string; readonly title: string; readonly markdown: string; readonly digest: string };

/** One version with its text in one language. */
export type PublicVersion = PublicVersionHead & {
  readonly replaces: number | null;
  readonly locale: string;
  readonly title: string;
  readonly headings: readonly { readonly id: string; readonly text: string; readonly depth: number }[];
  readonly clauses: readonly PublicClause[];
  /** In every language there is. */
  readonly texts: readonly PublicText[];
};

export type PublicPolicyListItem = Pick<PolicyHead, "key" | "title" | "audience"> & { readonly number: number; readonly inForceFrom: Date; readonly announced: Date | null };

export type PublicPolicies = { readonly organisation: string; readonly policies: readonly PublicPolicyListItem[]; readonly next: string | null; readonly lastModified: Date | null };

export type PublicPolicy = {
  readonly organisation: string;
  readonly policy: PolicyHead;
  /** In force now, or (before the first comes into force) the one that is announced. */
  readonly version: PublicVersion;
  readonly announced: readonly PublicVersionHead[];
  /** Newest first. */
  readonly history: readonly PublicVersionHead[];
  readonly older: number | null;
  readonly total: number;
  /** When anything of this last changed. */
  readonly lastModified: Date;
};

export type PublicPolicyVersion = {
  readonly organisation: string;
  readonly policy: PolicyHead;
  readonly version: PublicVersion;
  readonly before: number | null;
  readonly after: number | null;
  readonly inForce: number | null;
  readonly lastModified: Date;
};
