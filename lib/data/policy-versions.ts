import type { PolicyCitation, PolicyText, WaitingHistory } from "@/lib/contract/policy-views";
import type { Tx } from "@/lib/data/client";
import { toHex } from "@/lib/data/digest";
import type { Prisma } from "@/lib/data/prisma-client/client";
import { standingVersions, versionHeadSelect, type VersionRow } from "@/lib/data/policies";

/** Everything but the written draft: what the list of versions shows. */
const notADraft = { OR: [{ publishedAt: { not: null } }, { origin: "imported" }] };

/** Versions newest first, below a number if one is given; asks for one more than `take`, so that the caller sees whether there are more. */
export async function pageVersionRows(tx: Tx, policyId: string, below: number | null, take: number): Promise<VersionRow[]> {
  return tx.policyVersion.findMany({
    where: { policyId, ...notADraft, ...(below === null ? {} : { number: { lt: below } }) },
    orderBy: { number: "desc" },
    take: take + 1,
    select: versionHeadSelect,
  });
}

/** For the way back: the number below which the page of newer versions begins; null when this is the newest page. */
export async function newerPageBelow(tx: Tx, policyId: string, first: number, take: number): Promise<number | null> {
  const rows = await tx.policyVersion.findMany({
    where: { policyId, ...notADraft, number: { gt: first } },
    orderBy: { number: "asc" },
    take,
    select: { number: true },
  });
  const last = rows.at(-1);
  return last ? last.number + 1 : null;
}

/** How many versions there are besides a draft, the oldest and the newest. */
export async function versionExtent(tx: Tx, policyId: string): Promise<{ total: number; oldest: number | null; newest: number | null }> {
  const found = await tx.policyVersion.aggregate({ where: { policyId, ...notADraft }, _count: true, _min: { number: true }, _max: { number: true } });
  return { total: found._count, oldest: found._min.number, newest: found._max.number };
}

export async function scheduledRows(tx: Tx, policyId: string, at: Date): Promise<VersionRow[]> {
  return tx.policyVersion.findMany({
    where: { policyId, ...standingVersions, inForceFrom: { gt: at } },
    orderBy: { inForceFrom: "asc" },
    take: 20,
    select: versionHeadSelect,
  });
}

export async function findVersionRow(tx: Tx, policyId: string, number: number): Promise<VersionRow | null> {
  return tx.policyVersion.findUnique({ where: { policyId_number: { policyId, number } }, select: versionHeadSelect });
}

export type VersionWhole = VersionRow & {
  readonly texts: readonly PolicyText[];
  readonly citations: readonly PolicyCitation[];
  readonly digest: string | null;
  readonly entryIndex: number | null;
  readonly sourceFile: string | null;
  readonly replaces: number | null;
};

const wholeSelect = {
  ...versionHeadSelect,
  digest: true,
  entryIndex: true,
  sourceFile: true,
  replaces: { select: { number: true } },
  texts: { select: { locale: true, title: true, markdown: true }, orderBy: { locale: "asc" } },
  citations: { select: { clause: true, use: { select: { key: true, name: true } } }, orderBy: [{ clause: "asc" }, { use: { name: "asc" } }] },
} satisfies Prisma.PolicyVersionSelect;

/** A version with its texts and citations. */
export async function findVersionWhole(tx: Tx, policyId: string, number: number): Promise<VersionWhole | null> {
  const row = await tx.policyVersion.findUnique({ where: { policyId_number: { policyId, number } }, select: wholeSelect });
  return row && wholeOf(row);
}

/** The written draft with its texts and citations; there is at most one. */
export async function findDraftWhole(tx: Tx, policyId: string): Promise<VersionWhole | null> {
  const row = await tx.policyVersion.findFirst({ where: { policyId, origin: "written", publishedAt: null }, select: wholeSelect });
  return row && wholeOf(row);
}

function wholeOf<R extends { digest: Uint8Array | null; entryIndex: bigint | null; replaces: { number: number } | null }>(row: R) {
  return {
    ...row,
    digest: row.digest && toHex(row.digest),
    entryIndex: row.entryIndex === null ? null : Number(row.entryIndex),
    replaces: row.replaces?.number ?? null,
  };
}

/** The numbers just before and after one, among what the list of versions shows. */
export async function neighbours(tx: Tx, policyId: string, number: number): Promise<{ before: number | null; after: number | null }> {
  const [before, after] = await Promise.all([
    tx.policyVersion.findFirst({ where: { policyId, ...notADraft, number: { lt: number } }, orderBy: { number: "desc" }, select: { number: true } }),
    tx.policyVersion.findFirst({ where: { policyId, ...notADraft, number: { gt: number } }, orderBy: { number: "asc" }, select: { number: true } }),
  ]);
  return { before: before?.number ?? null, after: after?.number ?? null };
}

/** The last published version that was not called off: what the next publication replaces. */
export async function findTip(tx: Tx, policyId: string): Promise<{ id: string; number: number; inForceFrom: Date; askedSince: number } | null> {
  const row = await tx.policyVersion.findFirst({
    where: { policyId, ...standingVersions },
    orderBy: { number: "desc" },
    select: { id: true, number: true, inForceFrom: true, askedSince: true },
  });
  return row?.inForceFrom && row.askedSince !== null ? { ...row, inForceFrom: row.inForceFrom, askedSince: row.askedSince } : null;
}

/** The version that a new draft stands behind: the newest imported one that waits, else the tip. */
export async function findLatest(tx: Tx, policyId: string): Promise<{ id: string; number: number } | null> {
  return tx.policyVersion.findFirst({
    where: { policyId, OR: [standingVersions, { publishedAt: null, origin: "imported" }] },
    orderBy: { number: "desc" },
    select: { id: true, number: true },
  });
}

/** What is imported and not yet published, as a page shows it. */
export async function findWaitingHistory(tx: Tx, policyId: string, actorId: string): Promise<WaitingHistory | null> {
  const where = { policyId, origin: "imported", publishedAt: null };
  const [extent, newest, own] = await Promise.all([
    tx.policyVersion.aggregate({ where, _count: true, _min: { inForceFrom: true }, _max: { inForceFrom: true } }),
    tx.policyVersion.findFirst({ where, orderBy: { number: "desc" }, select: { id: true, number: true, revision: true, replaces: { select: { number: true } } } }),
    tx.policyVersion.findFirst({ where: { ...where, authorIds: { has: actorId } }, select: { id: true } }),
  ]);
  const { inForceFrom: from } = extent._min;
  const { inForceFrom: until } = extent._max;
  if (!newest || !from || !until) return null;
  return { count: extent._count, from, until, newest: newest.number, draft: newest.id, revision: newest.revision, replaces: newest.replaces?.number ?? null, importedByActor: own !== null };
}

/** Numbers and dates of all versions, the draft among them, newest first; at most 1,000. */
export async function versionChoices(tx: Tx, policyId: string): Promise<{ number: number; inForceFrom: Date | null; draft: boolean }[]> {
  const rows = await tx.policyVersion.findMany({ where: { policyId }, orderBy: { number: "desc" }, take: 1_000, select: { number: true, inForceFrom: true, publishedAt: true, origin: true } });
  return rows.map(({ number, inForceFrom, publishedAt, origin }) => ({ number, inForceFrom, draft: publishedAt === null && origin === "written" }));
}
