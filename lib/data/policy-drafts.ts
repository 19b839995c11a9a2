import type { NewPolicy } from "@/lib/contract/policy";
import type { CitedUse, PolicyText } from "@/lib/contract/policy-views";
import type { Tx } from "@/lib/data/client";
import { policyTextDigest } from "@/lib/data/policy-digests";

export type CitationRow = { readonly clause: string; readonly useId: string };

/** The form's request id becomes the policy's id: sent twice, it is the same policy. */
export async function insertPolicy(tx: Tx, { requestId, ...policy }: NewPolicy): Promise<void> {
  await tx.policy.create({ data: { id: requestId, ...policy }, select: { id: true } });
}

export type DraftContent = {
  readonly texts: readonly PolicyText[];
  readonly citations: readonly CitationRow[];
  readonly changeNote: string;
  readonly editorial: boolean;
};

/** Inserts the written draft behind `replacesId`, numbered after every version there ever was. A second draft breaks the unique index. */
export async function insertDraft(tx: Tx, policyId: string, authorId: string, replacesId: string | null, content: DraftContent): Promise<{ draft: string; number: number }> {
  const { _max } = await tx.policyVersion.aggregate({ where: { policyId }, _max: { number: true } });
  const number = (_max.number ?? 0) + 1;
  const { id } = await tx.policyVersion.create({
    data: { policyId, number, origin: "written", replacesId, authorIds: [authorId], changeNote: content.changeNote, editorial: content.editorial },
    select: { id: true },
  });
  await insertTexts(tx, id, content.texts);
  await tx.policyCitation.createMany({ data: content.citations.map((citation) => ({ versionId: id, ...citation })) });
  return { draft: id, number };
}

/**
 * Takes the draft for a save: counts the revision up, names the author and withdraws the proposal.
 * False when it is no longer the revision that was seen, or no longer a draft.
 */
export async function takeDraft(tx: Tx, id: string, revision: number, authorId: string): Promise<boolean> {
  const taken = await tx.$executeRaw`
    UPDATE policy_version
       SET revision = revision + 1, proposed_at = NULL, updated_at = now(),
           author_ids = CASE WHEN ${authorId}::uuid = ANY (author_ids) THEN author_ids ELSE array_append(author_ids, ${authorId}::uuid) END
     WHERE id = ${id}::uuid AND revision = ${revision} AND published_at IS NULL AND origin = 'written'`;
  return taken === 1;
}

/** Writes a draft's texts, note and whether it asks again; the caller has taken the draft. */
export async function writeDraft(tx: Tx, id: string, content: { texts: readonly PolicyText[]; changeNote: string; editorial: boolean }): Promise<void> {
  await tx.policyVersion.update({ where: { id }, data: { changeNote: content.changeNote, editorial: content.editorial }, select: { id: true } });
  await tx.policyText.deleteMany({ where: { versionId: id } });
  await insertTexts(tx, id, content.texts);
}

/** Replaces a draft's citations; the caller has taken the draft. */
export async function writeCitations(tx: Tx, id: string, citations: readonly CitationRow[]): Promise<void> {
  await tx.policyCitation.deleteMany({ where: { versionId: id } });
  await tx.policyCitation.createMany({ data: citations.map((citation) => ({ versionId: id, ...citation })) });
}

/** Marks the draft as waiting for approval; false when it is no longer the revision that was seen. */
export async function markProposed(tx: Tx, id: string, revision: number): Promise<boolean> {
  const marked = await tx.$executeRaw`
    UPDATE policy_version SET proposed_at = COALESCE(proposed_at, now())
     WHERE id = ${id}::uuid AND revision = ${revision} AND published_at IS NULL AND origin = 'written'`;
  return marked === 1;
}

/** Throws a draft away; false when it is no longer the revision that was seen. */
export async function deleteDraft(tx: Tx, id: string, revision: number): Promise<boolean> {
  const { count } = await tx.policyVersion.deleteMany({ where: { id, revision, publishedAt: null, origin: "written" } });
  return count === 1;
}

/** Every data use by name, for picking. */
export async function listUsesToCite(tx: Tx): Promise<CitedUse[]> {
  return tx.dataUse.findMany({ orderBy: [{ name: "asc" }, { key: "asc" }], take: 2_000, select: { key: true, name: true } });
}

/** Ids of data uses by key; keys that name none are missing. */
export async function useIdsByKey(tx: Tx, keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.dataUse.findMany({ where: { key: { in: [...new Set(keys)] } }, select: { id: true, key: true } });
  return new Map(rows.map((row) => [row.key, row.id]));
}

async function insertTexts(tx: Tx, versionId: string, texts: readonly PolicyText[]): Promise<void> {
  await tx.policyText.createMany({ data: texts.map((text) => ({ versionId, ...text, digest: policyTextDigest(text) })) });
}
