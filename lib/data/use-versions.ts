import type { Tx } from "@/lib/data/client";
import { storedTerms } from "@/lib/data/stored-terms";
import type { Reask } from "@/lib/domain/decision";
import { gpcConcerns } from "@/lib/domain/signal";
import type { LegalBasis, Terms } from "@/lib/domain/terms";

export type UseDraft = {
  readonly id: string;
  readonly number: number;
  readonly revision: number;
  readonly terms: Terms;
  readonly changeNote: string;
  readonly authorIds: readonly string[];
  readonly proposedAt: Date | null;
  readonly updatedAt: Date;
};

export type PublishedUse = {
  readonly id: string;
  readonly number: number;
  readonly terms: Terms;
  readonly legalBasis: LegalBasis;
  readonly changeNote: string;
  readonly authorIds: readonly string[];
  readonly publishedAt: Date;
  readonly publishedById: string;
  readonly twoPairsOfEyes: boolean;
  readonly digest: Uint8Array;
  readonly entryIndex: bigint;
};

/** The draft of a use; there is at most one. */
export async function draftOf(db: Tx, useId: string): Promise<UseDraft | null> {
  const row = await db.dataUseVersion.findFirst({
    where: { useId, publishedAt: null },
    select: { id: true, number: true, revision: true, terms: true, changeNote: true, authorIds: true, proposedAt: true, updatedAt: true },
  });
  return row && { ...row, terms: storedTerms.parse(row.terms) };
}

/** Every published version of a use, newest first. */
export async function publishedVersions(db: Tx, useId: string): Promise<PublishedUse[]> {
  const rows = await db.dataUseVersion.findMany({
    where: { useId, publishedAt: { not: null } },
    orderBy: { number: "desc" },
    select: {
      id: true, number: true, terms: true, changeNote: true, authorIds: true, publishedAt: true, publishedById: true,
      twoPairsOfEyes: true, digest: true, entryIndex: true,
    },
  });
  return rows.map((row) => {
    const terms = storedTerms.parse(row.terms);
    const { publishedAt, publishedById, digest, entryIndex } = row;
    if (!publishedAt || !publishedById || !digest || entryIndex === null) throw new Error("a published version is not whole");
    return { ...row, terms, legalBasis: terms.legalBasis, publishedAt, publishedById, digest, entryIndex };
  });
}

/** The version in force: the published one with the highest number. */
export async function liveVersion(db: Tx, useId: string): Promise<{ id: string; number: number; terms: Terms } | null> {
  const row = await db.dataUseVersion.findFirst({
    where: { useId, publishedAt: { not: null } },
    orderBy: { number: "desc" },
    select: { id: true, number: true, terms: true },
  });
  return row && { ...row, terms: storedTerms.parse(row.terms) };
}

/** Begins a draft; does nothing when there is one already, or when the number was taken meanwhile. */
export async function insertDraft(tx: Tx, draft: { useId: string; number: number; terms: Terms; author: string }): Promise<void> {
  await tx.dataUseVersion.createMany({
    data: [{ useId: draft.useId, number: draft.number, terms: draft.terms, legalBasis: draft.terms.legalBasis, authorIds: [draft.author] }],
    skipDuplicates: true,
  });
}

/** Saves a draft if it still is as it was seen; null when it is not. Of many at once, exactly one succeeds. */
export async function saveDraft(
  tx: Tx,
  seen: { useId: string; draft: string; revision: number },
  saved: { terms: Terms; changeNote: string; author: string },
): Promise<{ number: number; revision: number } | null> {
  const [row] = await tx.$queryRaw<{ number: number; revision: number }[]>`
    UPDATE data_use_version
       SET terms = ${JSON.stringify(saved.terms)}::jsonb, legal_basis = ${saved.terms.legalBasis}, change_note = ${saved.changeNote},
           author_ids = CASE WHEN ${saved.author}::uuid = ANY (author_ids) THEN author_ids ELSE author_ids || ${saved.author}::uuid END,
           revision = revision + 1, proposed_at = NULL, updated_at = clock_timestamp()
     WHERE id = ${seen.draft}::uuid AND use_id = ${seen.useId}::uuid AND revision = ${seen.revision} AND published_at IS NULL
 RETURNING number, revision`;
  return row ?? null;
}

/** Marks a draft as waiting for approval, if it still is as it was seen. Asking twice changes nothing. */
export async function markProposed(tx: Tx, seen: { useId: string; draft: string; revision: number }): Promise<boolean> {
  const count = await tx.$executeRaw`
    UPDATE data_use_version SET proposed_at = COALESCE(proposed_at, clock_timestamp())
     WHERE id = ${seen.draft}::uuid AND use_id = ${seen.useId}::uuid AND revision = ${seen.revision} AND published_at IS NULL`;
  return count === 1;
}

/** Removes a draft, if it still is as it was seen. */
export async function deleteDraft(tx: Tx, seen: { useId: string; draft: string; revision: number }): Promise<boolean> {
  const { count } = await tx.dataUseVersion.deleteMany({
    where: { id: seen.draft, useId: seen.useId, revision: seen.revision, publishedAt: null },
  });
  return count === 1;
}

export type VersionNow = { readonly number: number; readonly revision: number; readonly publishedAt: Date | null; readonly authorIds: readonly string[] };

/** Where a draft is now, for those who saw it otherwise. */
export async function dataUseVersionNow(db: Tx, seen: { useId: string; draft: string }): Promise<VersionNow | null> {
  return db.dataUseVersion.findFirst({
    where: { id: seen.draft, useId: seen.useId },
    select: { number: true, revision: true, publishedAt: true, authorIds: true },
  });
}

/** Makes a draft the live version, if it still is as it was seen. */
export async function publishVersion(
  tx: Tx,
  seen: { draft: string; revision: number },
  published: {
    terms: Terms;
    at: Date;
    by: string;
    twoPairsOfEyes: boolean;
    reask: Reask;
    replacesId: string | null;
    digest: Uint8Array<ArrayBuffer>;
    entryIndex: bigint;
  },
): Promise<boolean> {
  const { count } = await tx.dataUseVersion.updateMany({
    where: { id: seen.draft, revision: seen.revision, publishedAt: null },
    data: {
      terms: published.terms,
      legalBasis: published.terms.legalBasis,
      gpcConcern: gpcConcerns(published.terms) ?? "none",
      publishedAt: published.at,
      publishedById: published.by,
      twoPairsOfEyes: published.twoPairsOfEyes,
      reask: published.reask,
      replacesId: published.replacesId,
      digest: published.digest,
      entryIndex: published.entryIndex,
    },
  });
  return count === 1;
}

export type Coverage = { readonly answered: number; readonly requested: number; readonly carries: boolean };

/** Writes down which answers reach which versions, all in one statement. */
export async function insertCoverage(tx: Tx, useId: string, rows: readonly Coverage[]): Promise<void> {
  if (rows.length > 0) await tx.versionCoverage.createMany({ data: rows.map((row) => ({ useId, ...row })) });
}

/** Whether an answer to one published version reaches another; null when one of them is not published. */
export async function coverageOf(db: Tx, useId: string, answered: number, requested: number): Promise<boolean | null> {
  const row = await db.versionCoverage.findUnique({
    where: { useId_answered_requested: { useId, answered, requested } },
    select: { carries: true },
  });
  return row?.carries ?? null;
}
