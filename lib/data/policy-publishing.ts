import type { Tx } from "@/lib/data/client";
import { toHex } from "@/lib/data/digest";
import { digestsByLocale, policyVersionDigest } from "@/lib/data/policy-digests";

export type Publishable = {
  readonly id: string;
  readonly number: number;
  readonly origin: string;
  readonly revision: number;
  readonly editorial: boolean;
  readonly authorIds: readonly string[];
  readonly proposedAt: Date | null;
  readonly publishedAt: Date | null;
  readonly cancelledAt: Date | null;
  readonly inForceFrom: Date | null;
  readonly replacesId: string | null;
  /** Hex digests by locale. */
  readonly texts: Readonly<Record<string, string>>;
  readonly citations: readonly { readonly clause: string; readonly use: string }[];
  /** Hex; what publishing will hold it to. */
  readonly digest: string;
};

const select = {
  id: true,
  number: true,
  origin: true,
  revision: true,
  editorial: true,
  authorIds: true,
  proposedAt: true,
  publishedAt: true,
  cancelledAt: true,
  inForceFrom: true,
  replacesId: true,
  texts: { select: { locale: true, digest: true }, orderBy: { locale: "asc" } },
  citations: { select: { clause: true, use: { select: { key: true } } } },
} as const;

/** One version with what publishing it commits to; the caller holds the policy. */
export async function findPublishable(tx: Tx, policyId: string, key: string, number: number): Promise<Publishable | null> {
  const row = await tx.policyVersion.findUnique({ where: { policyId_number: { policyId, number } }, select });
  return row && publishableOf(key, row);
}

/** Imported versions that nobody has published yet, oldest first. */
export async function waitingVersions(tx: Tx, policyId: string, key: string): Promise<Publishable[]> {
  const rows = await tx.policyVersion.findMany({ where: { policyId, origin: "imported", publishedAt: null }, orderBy: { number: "asc" }, select });
  return rows.map((row) => publishableOf(key, row));
}

type Row = Omit<Publishable, "texts" | "citations" | "digest"> & {
  texts: readonly { locale: string; digest: Uint8Array }[];
  citations: readonly { clause: string; use: { key: string } }[];
};

function publishableOf(policy: string, row: Row): Publishable {
  const texts = digestsByLocale(row.texts);
  const citations = row.citations.map(({ clause, use }) => ({ clause, use: use.key }));
  return { ...row, texts, citations, digest: toHex(policyVersionDigest({ policy, number: row.number, texts, citations })) };
}

export type PublishedRow = {
  readonly id: string;
  readonly digest: string;
  readonly replacesId: string | null;
  readonly inForceFrom: Date;
  readonly editorial: boolean;
  readonly askedSince: number;
};

/** Publishes versions in one statement, so that each finds the one before it published; returns how many it found still unpublished. */
export async function markPublished(tx: Tx, rows: readonly PublishedRow[], by: { at: Date; staffId: string; twoPairsOfEyes: boolean; entryIndex: bigint }): Promise<number> {
  return tx.$executeRaw`
    UPDATE policy_version v
       SET published_at = ${by.at}, published_by_id = ${by.staffId}::uuid, two_pairs_of_eyes = ${by.twoPairsOfEyes}, entry_index = ${by.entryIndex},
           digest = decode(p.digest, 'hex'), replaces_id = p."replacesId", in_force_from = p."inForceFrom", editorial = p.editorial, asked_since = p."askedSince"
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
           AS p(id uuid, digest text, "replacesId" uuid, "inForceFrom" timestamptz, editorial boolean, "askedSince" int)
     WHERE v.id = p.id AND v.published_at IS NULL`;
}

/** Calls a scheduled version off, and lets a draft that stood behind it stand behind its predecessor. */
export async function markCancelled(tx: Tx, version: { id: string; replacesId: string | null }, at: Date): Promise<void> {
  await tx.policyVersion.update({ where: { id: version.id }, data: { cancelledAt: at }, select: { id: true } });
  await tx.policyVersion.updateMany({ where: { replacesId: version.id, publishedAt: null }, data: { replacesId: version.replacesId } });
}
