import type { PolicyAsks } from "./policy";

/**
 * How a version stands at an instant. `imported`: it came with a history and waits for a second person to publish it.
 * `scheduled`: published, in force later. `cancelled`: called off before it came into force.
 */
export type PolicyStanding = "draft" | "waiting" | "imported" | "scheduled" | "in-force" | "superseded" | "cancelled";

export type PolicyHead = {
  readonly key: string;
  readonly title: string;
  readonly audience: string;
  readonly asks: PolicyAsks;
  /** Where an imported history comes from, under which licence, and whom to name. */
  readonly source: string | null;
  readonly licence: string | null;
  readonly attribution: string | null;
};

export type PolicyVersionHead = {
  readonly number: number;
  readonly standing: PolicyStanding;
  readonly origin: "written" | "imported";
  readonly changeNote: string;
  readonly editorial: boolean;
  readonly inForceFrom: Date | null;
  readonly publishedAt: Date | null;
  readonly cancelledAt: Date | null;
  readonly authors: readonly string[];
  readonly publishedBy: string | null;
};

/** One line of the staff's list. */
export type PolicyListItem = {
  readonly key: string;
  readonly title: string;
  readonly audience: string;
  readonly inForce: { readonly number: number; readonly since: Date } | null;
  readonly scheduled: { readonly number: number; readonly from: Date } | null;
  readonly draft: { readonly number: number; readonly waiting: boolean } | null;
  /** Imported versions that nobody has published yet. */
  readonly imported: number;
  readonly versions: number;
};

export type PolicyPage = {
  readonly policy: PolicyHead;
  readonly inForce: PolicyVersionHead | null;
  readonly scheduled: readonly PolicyVersionHead[];
  readonly draft: PolicyDraftHead | null;
  /** Imported versions waiting to be published, if any. */
  readonly waitingHistory: WaitingHistory | null;
  /** How many versions there are besides the draft. */
  readonly total: number;
  /** Newest first. */
  readonly versions: readonly PolicyVersionHead[];
  readonly older: number | null;
  readonly newer: number | null;
  readonly oldest: number | null;
  readonly newest: number | null;
};

export type PolicyDraftHead = PolicyVersionHead & {
  /** Its id, as its forms send it. */
  readonly draft: string;
  readonly revision: number;
  readonly updatedAt: Date;
  readonly proposedAt: Date | null;
  /** The number of the version before it. */
  readonly replaces: number | null;
};

/** What becomes public together with the version that is published. */
export type WaitingHistory = {
  readonly count: number;
  readonly from: Date;
  readonly until: Date;
  readonly newest: number;
  /** The newest one's id and revision, as publishing asks for them. */
  readonly draft: string;
  readonly revision: number;
  readonly replaces: number | null;
  readonly importedByActor: boolean;
};

export type PolicyText = { readonly locale: string; readonly title: string; readonly markdown: string };

export type CitedUse = { readonly key: string; readonly name: string };
export type PolicyCitation = { readonly clause: string; readonly use: CitedUse };

/** One clause with what it cites. `html` is sanitised. */
export type ClauseView = {
  readonly id: string;
  readonly heading: string | null;
  readonly excerpt: string;
  readonly uses: readonly CitedUse[];
};

export type RenderedText = {
  readonly locale: string;
  readonly title: string;
  /** Sanitised; may stand in a page as it is. */
  readonly html: string;
  readonly headings: readonly { readonly id: string; readonly text: string; readonly depth: number }[];
  readonly clauses: readonly (ClauseView & { readonly html: string; readonly anchor: string })[];
};

export type PolicyVersionPage = {
  readonly policy: PolicyHead;
  readonly version: PolicyVersionHead & { readonly digest: string | null; readonly entryIndex: number | null; readonly sourceFile: string | null; readonly replaces: number | null };
  readonly locales: readonly string[];
  readonly text: RenderedText;
  readonly before: number | null;
  readonly after: number | null;
  readonly hasDraft: boolean;
};

/** The draft as its editor needs it. */
export type PolicyDraftPage = {
  readonly policy: PolicyHead;
  readonly draft: PolicyDraftHead;
  readonly texts: readonly PolicyText[];
  readonly defaultLocale: string;
  readonly clauses: readonly ClauseView[];
  /** Citations of clauses that the text no longer has. */
  readonly broken: readonly PolicyCitation[];
  readonly uses: readonly CitedUse[];
  readonly waitingHistory: WaitingHistory | null;
  /** Published, and not yet in force: what this draft would follow. */
  readonly scheduledBefore: { readonly number: number; readonly from: Date } | null;
  /** Whoever looks wrote or imported part of it, and so may not publish it. */
  readonly own: boolean;
};

export type TextPreview = { readonly html: string; readonly clauses: readonly { readonly id: string; readonly heading: string | null }[] };

/** What an import would do, or has done. */
export type ImportSummary = {
  readonly policy: { readonly key: string; readonly title: string; readonly isNew: boolean };
  readonly found: number;
  readonly added: number;
  readonly alreadyHere: number;
  readonly from: Date;
  readonly until: Date;
  readonly versions: readonly { readonly number: number; readonly file: string; readonly title: string; readonly inForceFrom: Date; readonly summary: string; readonly isNew: boolean }[];
  readonly warnings: readonly { readonly path: string; readonly message: string }[];
  readonly imported: boolean;
};
