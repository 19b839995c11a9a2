import { z } from "zod";
import { key, keyFromName, requestId, text, whole } from "@/lib/contract/text";
import { termsFields } from "@/lib/contract/terms";
import type { Word } from "@/lib/contract/taxonomy";
import type { Reask } from "@/lib/domain/decision";
import type { LegalBasis, Terms } from "@/lib/domain/terms";
import type { DescribedComparison, DescribedTerm } from "@/lib/domain/terms-in-words";
import type { Relation } from "@/lib/domain/compare-terms";

/** Words that are pages of their own beside the uses. */
const reserved = new Set(["new", "words"]);

/** A new data use: its name, and the short name in addresses, made from the name unless given. */
export const createUse = z
  .strictObject({
    requestId,
    name: text({ max: 120, what: "The name" }),
    key: z.string().trim().max(200, "At most 60 characters.").default(""),
  })
  .transform(({ requestId, name, key: given }, context) => {
    const made = key.safeParse(given || keyFromName(name));
    if (made.success && !reserved.has(made.data)) return { requestId, name, key: made.data };
    const message = made.success
      ? "This short name is taken by a page. Choose another."
      : given === ""
        ? "No short name could be made from this name. Write one with lower-case letters, digits and hyphens."
        : (made.error.issues[0]?.message ?? "Use lower-case letters, digits and hyphens.");
    context.addIssue({ code: "custom", path: ["key"], message });
    return z.NEVER;
  });
export type CreateUse = z.infer<typeof createUse>;

/** Which draft somebody saw, and which state of it: an older revision is a conflict, never an overwrite. */
const seenDraft = {
  key,
  draft: z.uuid("Reload the page and try again."),
  revision: whole("The revision", 1, 1_000_000_000),
} as const;

/** What somebody saw when they decided: the draft, and the version that was in force (none: null). */
export const seenLive = z
  .union([z.literal("").transform(() => null), whole("The version", 1, 1_000_000_000)], { error: "Reload the page and try again." })
  .nullable();

export const saveUse = z
  .strictObject({
    ...seenDraft,
    /** Set when somebody decides to save over another's newer state, having been told of it. */
    over: whole("The revision", 1, 1_000_000_000).optional(),
    changeNote: text({ max: 500, min: 0, multiline: true, what: "The note" }).default(""),
    ...termsFields,
  })
  .transform(({ key: use, draft, revision, over, changeNote, ...terms }): SaveUse => ({ key: use, draft, revision: over ?? revision, changeNote, terms }));
export type SaveUse = {
  readonly key: string;
  readonly draft: string;
  readonly revision: number;
  readonly changeNote: string;
  readonly terms: Terms;
};

export const startUse = z.strictObject({ key });
export const proposeUse = z.strictObject(seenDraft);
export const discardUse = proposeUse;
export type SeenUseDraft = z.infer<typeof proposeUse>;

export const publishUse = z.strictObject({ ...seenDraft, replaces: seenLive, requestId });
export type PublishUse = z.infer<typeof publishUse>;

/** What the officer may do here; the use cases check again. */
export type CanWrite = { readonly write: boolean; readonly publish: boolean };

/** Where a draft stands. */
export type DraftState = "draft" | "waiting";

/** One line of the list of data uses. */
export type UseRow = {
  readonly key: string;
  readonly name: string;
  readonly live: { readonly number: number; readonly publishedAt: Date } | null;
  readonly draft: { readonly number: number; readonly state: DraftState } | null;
  readonly prompt: { readonly live: number | null; readonly draft: DraftState | null };
  /** People with an answer to any version. */
  readonly answered: number;
};

export type UseList = {
  readonly rows: readonly UseRow[];
  readonly query: string;
  /** Keys to go on from; null at the ends. */
  readonly before: string | null;
  readonly after: string | null;
  readonly can: CanWrite;
};

/** How many people stand at which answer. */
export type AnswerCounts = { readonly granted: number; readonly refused: number; readonly withdrawn: number; readonly objected: number };

export type UseVersionLine = {
  readonly number: number;
  readonly publishedAt: Date;
  readonly publishedBy: string;
  readonly authors: readonly string[];
  readonly changeNote: string;
  readonly twoPairsOfEyes: boolean;
  readonly counts: AnswerCounts;
  /** How it stands to the version before it; null for the first. */
  readonly relation: Relation | null;
};

/** A clause that describes the use. */
export type UseCitation = {
  readonly policy: string;
  readonly title: string;
  readonly version: number;
  readonly clause: string;
  /** Null for what stands before the first heading. */
  readonly heading: string | null;
};

/** Everything the page of one data use shows. */
export type UseView = {
  readonly key: string;
  readonly name: string;
  /** `asks`: it rests on permission, so people are asked. */
  readonly live: { readonly number: number; readonly asks: boolean; readonly terms: readonly DescribedTerm[] } | null;
  readonly draft: { readonly number: number; readonly state: DraftState; readonly updatedAt: Date; readonly authors: readonly string[] } | null;
  readonly versions: readonly UseVersionLine[];
  readonly prompt: { readonly live: number | null; readonly draft: DraftState | null };
  readonly citations: readonly UseCitation[];
  readonly people: AnswerCounts & { readonly total: number; readonly never: number };
  readonly can: CanWrite;
};

/** What publishing a draft would do to the people who answered. */
export type Effect = {
  readonly reask: Reask;
  readonly basis: LegalBasis;
  /** People whose answer does not reach the new version: they are asked again. */
  readonly asked: number;
  /** People whose answer goes on holding. */
  readonly stays: number;
  /** Versions whose answers go on holding. */
  readonly carriedFrom: readonly number[];
  readonly promptLive: boolean;
  readonly first: boolean;
};

/** A comparison of two versions, dimension by dimension. */
export type Compared = {
  readonly from: number;
  readonly to: number;
  readonly overall: Relation;
  readonly rows: readonly DescribedComparison[];
};

export type UseDraftView = {
  readonly key: string;
  readonly name: string;
  readonly draft: string;
  readonly number: number;
  readonly revision: number;
  readonly state: DraftState;
  readonly proposedAt: Date | null;
  readonly updatedAt: Date;
  readonly authors: readonly string[];
  readonly terms: Terms;
  readonly changeNote: string;
  readonly described: readonly DescribedTerm[];
  readonly live: { readonly number: number } | null;
  readonly compared: Compared | null;
  readonly effect: Effect;
  readonly hints: readonly string[];
  /** What is missing or wrong before it can be approved, in sentences. */
  readonly open: readonly string[];
  /** Whoever looks wrote on it, and so may not publish it. */
  readonly own: boolean;
  readonly words: { readonly categories: readonly Word[]; readonly purposes: readonly Word[] };
  readonly can: CanWrite;
};

export type UseVersionView = {
  readonly key: string;
  readonly name: string;
  readonly version: UseVersionLine;
  readonly live: boolean;
  readonly terms: readonly DescribedTerm[];
  readonly previous: number | null;
  readonly next: number | null;
  /** Lower-case hex SHA-256 of use, version and terms. */
  readonly digest: string;
  readonly entryIndex: number;
};

export type UseComparisonView = {
  readonly key: string;
  readonly name: string;
  readonly versions: readonly { readonly number: number; readonly draft: boolean; readonly live: boolean }[];
  readonly compared: Compared | null;
  /** Whether an answer to `from` reaches `to`; null while one of them is a draft. */
  readonly carries: boolean | null;
};

/** The two versions to compare, from an address; whatever is not a number is left out. */
export const comparedVersions = z.object({
  from: z.coerce.number().int().min(1).max(1_000_000_000).optional().catch(undefined),
  to: z.coerce.number().int().min(1).max(1_000_000_000).optional().catch(undefined),
});

/** A page of a list, from an address. */
export const listPage = z.object({
  q: z.string().trim().max(120).catch(""),
  before: key.optional().catch(undefined),
  after: key.optional().catch(undefined),
});
export type ListPage = z.infer<typeof listPage>;
