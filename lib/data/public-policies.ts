import type { PublicPolicyListItem, PublicVersionHead } from "@/lib/contract/public-policy";
import type { Tx } from "@/lib/data/client";
import { standingVersions } from "@/lib/data/policies";
import { storedTerms } from "@/lib/data/stored-terms";
import type { Terms } from "@/lib/domain/terms";

/** What anyone may see: published, and not called off. Nothing else of a policy is read by the queries here. */

type ListRow = PublicPolicyListItem & { changed: Date };

/** Policies with a version in force, by title; `after` is the key of the last one seen. */
export async function publicPolicyRows(tx: Tx, at: Date, after: string | null, take: number): Promise<ListRow[]> {
  return tx.$queryRaw<ListRow[]>`
    SELECT p.key, p.title, p.audience, live.number, live.in_force_from AS "inForceFrom", next.in_force_from AS announced,
           greatest(live.in_force_from, live.published_at, next.published_at) AS changed
      FROM policy p
      CROSS JOIN LATERAL (SELECT number, in_force_from, published_at FROM policy_version v WHERE v.policy_id = p.id AND published_at IS NOT NULL
             AND cancelled_at IS NULL AND in_force_from <= ${at} ORDER BY in_force_from DESC, number DESC LIMIT 1) live
      LEFT JOIN LATERAL (SELECT in_force_from, published_at FROM policy_version v WHERE v.policy_id = p.id AND published_at IS NOT NULL
             AND cancelled_at IS NULL AND in_force_from > ${at} ORDER BY in_force_from LIMIT 1) next ON true
     WHERE ${after}::text IS NULL OR (lower(p.title), p.key) > (SELECT lower(title), key FROM policy WHERE key = ${after})
     ORDER BY lower(p.title), p.key LIMIT ${take}`;
}

type HeadRow = { number: number; origin: string; inForceFrom: Date; until: Date | null; publishedAt: Date; changeNote: string; digest: string; entryIndex: bigint };

/** Public versions newest first, below a number if one is given. */
export async function publicVersionRows(tx: Tx, policyId: string, at: Date, inForce: number | null, below: number | null, take: number): Promise<PublicVersionHead[]> {
  const rows = await tx.$queryRaw<HeadRow[]>`
    SELECT * FROM (
      SELECT number, origin, in_force_from AS "inForceFrom", lead(in_force_from) OVER (ORDER BY number) AS until, published_at AS "publishedAt",
             change_note AS "changeNote", encode(digest, 'hex') AS digest, entry_index AS "entryIndex"
        FROM policy_version WHERE policy_id = ${policyId}::uuid AND published_at IS NOT NULL AND cancelled_at IS NULL) v
     WHERE ${below}::int IS NULL OR number < ${below} ORDER BY number DESC LIMIT ${take}`;
  return rows.map((row) => ({
    ...row,
    origin: row.origin === "imported" ? "imported" : "written",
    entryIndex: Number(row.entryIndex),
    standing: row.inForceFrom > at ? "announced" : row.number === inForce ? "in-force" : "superseded",
  }));
}

/** How many public versions there are. */
export async function countPublicVersions(tx: Tx, policyId: string): Promise<number> {
  return tx.policyVersion.count({ where: { policyId, ...standingVersions } });
}

/** The public versions just before and after one. */
export async function publicNeighbours(tx: Tx, policyId: string, number: number): Promise<{ before: number | null; after: number | null }> {
  const [before, after] = await Promise.all([
    tx.policyVersion.findFirst({ where: { policyId, ...standingVersions, number: { lt: number } }, orderBy: { number: "desc" }, select: { number: true } }),
    tx.policyVersion.findFirst({ where: { policyId, ...standingVersions, number: { gt: number } }, orderBy: { number: "asc" }, select: { number: true } }),
  ]);
  return { before: before?.number ?? null, after: after?.number ?? null };
}

/** When anything that the public pages of a policy show last changed, up to a moment. */
export async function lastPublicChange(tx: Tx, policyId: string, at: Date): Promise<Date> {
  const [row] = await tx.$queryRaw<{ changed: Date | null }[]>`
    SELECT greatest(
      (SELECT max(greatest(published_at, cancelled_at, CASE WHEN in_force_from <= ${at} THEN in_force_from END)) FROM policy_version
        WHERE policy_id = ${policyId}::uuid AND published_at IS NOT NULL),
      (SELECT max(u.published_at) FROM data_use_version u WHERE u.published_at <= ${at} AND u.use_id IN
        (SELECT c.use_id FROM policy_citation c JOIN policy_version v ON v.id = c.version_id WHERE v.policy_id = ${policyId}::uuid AND v.published_at IS NOT NULL))
    ) AS changed`;
  return row?.changed ?? at;
}

/** The terms in force of these data uses; those that were never published are missing. */
export async function termsInForce(tx: Tx, keys: readonly string[]): Promise<{ key: string; name: string; version: number; terms: Terms }[]> {
  if (keys.length === 0) return [];
  const rows = await tx.dataUseVersion.findMany({
    where: { publishedAt: { not: null }, use: { key: { in: [...new Set(keys)] } } },
    orderBy: [{ useId: "asc" }, { number: "desc" }],
    distinct: ["useId"],
    select: { number: true, terms: true, use: { select: { key: true, name: true } } },
  });
  return rows.map((row) => ({ ...row.use, version: row.number, terms: storedTerms.parse(row.terms) }));
}
