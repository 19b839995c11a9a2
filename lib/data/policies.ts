import { policyAsks, type PolicyAsks } from "@/lib/contract/policy";
import type { PolicyHead, PolicyListItem, PolicyStanding, PolicyVersionHead } from "@/lib/contract/policy-views";
import type { Tx } from "@/lib/data/client";
import type { Prisma } from "@/lib/data/prisma-client/client";
import { staffNames } from "@/lib/data/staff";

/** A policy's own row, for queries that go on from it. */
export type PolicyRow = PolicyHead & { readonly id: string };

const headSelect = { id: true, key: true, title: true, audience: true, asks: true, source: true, licence: true, attribution: true } as const;

/** The policy of this key, or null. */
export async function findPolicy(tx: Tx, key: string): Promise<PolicyRow | null> {
  const row = await tx.policy.findUnique({ where: { key }, select: headSelect });
  return row && { ...row, asks: asksOf(row.asks) };
}

/**
 * The policy of this key, held for this transaction: acts on one policy come one after another, and each sees what the
 * one before did. Answers to the policy are not held up.
 */
export async function lockPolicy(tx: Tx, key: string): Promise<PolicyRow | null> {
  await tx.$queryRaw`SELECT id FROM policy WHERE key = ${key} FOR NO KEY UPDATE`;
  return findPolicy(tx, key);
}

export function headOf({ key, title, audience, asks, source, licence, attribution }: PolicyRow): PolicyHead {
  return { key, title, audience, asks, source, licence, attribution };
}

export function asksOf(value: string): PolicyAsks {
  return policyAsks.find((one) => one === value) ?? "acknowledge";
}

/** Published and not called off. */
export const standingVersions = { publishedAt: { not: null }, cancelledAt: null } satisfies Prisma.PolicyVersionWhereInput;

/** The same order by which `inForceAt` decides. */
const latestFirst = [{ inForceFrom: "desc" }, { number: "desc" }] satisfies Prisma.PolicyVersionOrderByWithRelationInput[];

/** The number of the version in force at an instant; null before the first. */
export async function numberInForce(tx: Tx, policyId: string, at: Date): Promise<number | null> {
  const row = await tx.policyVersion.findFirst({
    where: { policyId, ...standingVersions, inForceFrom: { lte: at } },
    orderBy: latestFirst,
    select: { number: true },
  });
  return row?.number ?? null;
}

export const versionHeadSelect = {
  id: true,
  number: true,
  origin: true,
  changeNote: true,
  editorial: true,
  revision: true,
  authorIds: true,
  updatedAt: true,
  proposedAt: true,
  publishedAt: true,
  publishedById: true,
  inForceFrom: true,
  cancelledAt: true,
} as const satisfies Prisma.PolicyVersionSelect;
export type VersionRow = Prisma.PolicyVersionGetPayload<{ select: typeof versionHeadSelect }>;

/** How a version stands at an instant, given which one is in force then. */
export function standingOf(row: Pick<VersionRow, "number" | "origin" | "proposedAt" | "publishedAt" | "cancelledAt" | "inForceFrom">, inForce: number | null, at: Date): PolicyStanding {
  if (row.cancelledAt) return "cancelled";
  if (!row.publishedAt) return row.origin === "imported" ? "imported" : row.proposedAt ? "waiting" : "draft";
  if (row.inForceFrom && row.inForceFrom > at) return "scheduled";
  return row.number === inForce ? "in-force" : "superseded";
}

/** Rows as views, with the names of who wrote and published them; one query for all names. */
export async function versionHeads(tx: Tx, rows: readonly VersionRow[], inForce: number | null, at: Date): Promise<PolicyVersionHead[]> {
  const nameOf = await staffNames(tx, rows.flatMap((row) => [...row.authorIds, ...(row.publishedById ? [row.publishedById] : [])]));
  return rows.map((row) => ({
    number: row.number,
    standing: standingOf(row, inForce, at),
    origin: row.origin === "imported" ? "imported" : "written",
    changeNote: row.changeNote,
    editorial: row.editorial,
    inForceFrom: row.inForceFrom,
    publishedAt: row.publishedAt,
    cancelledAt: row.cancelledAt,
    authors: row.authorIds.map(nameOf),
    publishedBy: row.publishedById && nameOf(row.publishedById),
  }));
}

type ListRow = {
  key: string;
  title: string;
  audience: string;
  live_number: number | null;
  live_since: Date | null;
  next_number: number | null;
  next_from: Date | null;
  draft_number: number | null;
  draft_waiting: boolean | null;
  imported: number;
  versions: number;
};

/** One page of all policies by title; `after` is the key of the last one seen. */
export async function listPolicyRows(tx: Tx, at: Date, after: string | null, take: number): Promise<PolicyListItem[]> {
  const rows = await tx.$queryRaw<ListRow[]>`
    SELECT p.key, p.title, p.audience,
           live.number AS live_number, live.in_force_from AS live_since,
           next.number AS next_number, next.in_force_from AS next_from,
           draft.number AS draft_number, draft.proposed_at IS NOT NULL AS draft_waiting,
           counts.imported, counts.versions
      FROM (SELECT * FROM policy WHERE ${after}::text IS NULL OR (lower(title), key) > (SELECT lower(title), key FROM policy WHERE key = ${after})
             ORDER BY lower(title), key LIMIT ${take}) p
      LEFT JOIN LATERAL (SELECT number, in_force_from FROM policy_version v WHERE v.policy_id = p.id AND published_at IS NOT NULL
             AND cancelled_at IS NULL AND in_force_from <= ${at} ORDER BY in_force_from DESC, number DESC LIMIT 1) live ON true
      LEFT JOIN LATERAL (SELECT number, in_force_from FROM policy_version v WHERE v.policy_id = p.id AND published_at IS NOT NULL
             AND cancelled_at IS NULL AND in_force_from > ${at} ORDER BY in_force_from LIMIT 1) next ON true
      LEFT JOIN LATERAL (SELECT number, proposed_at FROM policy_version v WHERE v.policy_id = p.id AND published_at IS NULL
             AND origin = 'written') draft ON true
      CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE published_at IS NULL AND origin = 'imported')::int AS imported,
             count(*) FILTER (WHERE published_at IS NOT NULL OR origin = 'imported')::int AS versions FROM policy_version v WHERE v.policy_id = p.id) counts
     ORDER BY lower(p.title), p.key`;
  return rows.map((row) => ({
    key: row.key,
    title: row.title,
    audience: row.audience,
    inForce: row.live_number !== null && row.live_since ? { number: row.live_number, since: row.live_since } : null,
    scheduled: row.next_number !== null && row.next_from ? { number: row.next_number, from: row.next_from } : null,
    draft: row.draft_number === null ? null : { number: row.draft_number, waiting: row.draft_waiting === true },
    imported: row.imported,
    versions: row.versions,
  }));
}
