import type { Tx } from "@/lib/data/client";
import { toHex } from "@/lib/data/digest";

export type KnownVersion = { readonly number: number; readonly origin: string; readonly published: boolean; readonly inForceFrom: Date | null; readonly id: string; readonly sourceDigest: string | null };

/** Every version there is but the written draft, oldest first: what an import is compared with. */
export async function knownVersions(tx: Tx, policyId: string): Promise<KnownVersion[]> {
  const rows = await tx.policyVersion.findMany({
    where: { policyId, OR: [{ publishedAt: { not: null } }, { origin: "imported" }] },
    orderBy: { number: "asc" },
    select: { id: true, number: true, origin: true, publishedAt: true, inForceFrom: true, sourceDigest: true },
  });
  return rows.map(({ publishedAt, sourceDigest, ...row }) => ({ ...row, published: publishedAt !== null, sourceDigest: sourceDigest && toHex(sourceDigest) }));
}

export type ImportedRow = {
  readonly id: string;
  readonly number: number;
  readonly replacesId: string | null;
  readonly inForceFrom: Date;
  readonly changeNote: string;
  readonly sourceDigest: Uint8Array<ArrayBuffer>;
  readonly sourceFile: string;
  readonly text: { readonly locale: string; readonly title: string; readonly markdown: string; readonly digest: Uint8Array<ArrayBuffer> };
};

/** Inserts imported versions with their texts, in two statements however many they are. */
export async function insertImported(tx: Tx, policyId: string, importerId: string, rows: readonly ImportedRow[]): Promise<void> {
  await tx.policyVersion.createMany({
    data: rows.map(({ text: _text, ...row }) => ({ ...row, policyId, origin: "imported", authorIds: [importerId], editorial: true })),
  });
  await tx.policyText.createMany({ data: rows.map((row) => ({ versionId: row.id, ...row.text })) });
}

/** Gives the written draft a number behind versions that are imported after it was begun; whoever waits to publish it has to look again. */
export async function moveDraft(tx: Tx, policyId: string, number: number): Promise<void> {
  await tx.policyVersion.updateMany({ where: { policyId, origin: "written", publishedAt: null }, data: { number, revision: { increment: 1 }, proposedAt: null } });
}

/** Names the version that the written draft stands behind. */
export async function standDraftBehind(tx: Tx, policyId: string, replacesId: string | null): Promise<void> {
  await tx.policyVersion.updateMany({ where: { policyId, origin: "written", publishedAt: null }, data: { replacesId } });
}

/** Throws away what was imported and not published; a draft behind it then stands behind the last published version. Returns how many went. */
export async function deleteWaitingHistory(tx: Tx, policyId: string): Promise<number> {
  const [tip] = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM policy_version WHERE policy_id = ${policyId}::uuid AND published_at IS NOT NULL AND cancelled_at IS NULL ORDER BY number DESC LIMIT 1`;
  await tx.policyVersion.updateMany({
    where: { policyId, origin: "written", publishedAt: null },
    data: { replacesId: tip?.id ?? null, revision: { increment: 1 }, proposedAt: null },
  });
  const { count } = await tx.policyVersion.deleteMany({ where: { policyId, origin: "imported", publishedAt: null } });
  return count;
}

/** Where an imported history comes from, kept with the policy where nothing was said before. */
export async function nameSource(tx: Tx, policyId: string, origin: { source: string | null; licence: string | null; attribution: string | null }): Promise<void> {
  await tx.$executeRaw`
    UPDATE policy SET source = COALESCE(source, ${origin.source}), licence = COALESCE(licence, ${origin.licence}), attribution = COALESCE(attribution, ${origin.attribution})
     WHERE id = ${policyId}::uuid`;
}
