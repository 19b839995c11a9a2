import type { Tx } from "@/lib/data/client";

/** The id of a data use by its key. */
export async function findUseId(db: Tx, key: string): Promise<string | null> {
  const row = await db.dataUse.findUnique({ where: { key }, select: { id: true } });
  return row?.id ?? null;
}

/** The id of a policy by its key. */
export async function findPolicyId(db: Tx, key: string): Promise<string | null> {
  const row = await db.policy.findUnique({ where: { key }, select: { id: true } });
  return row?.id ?? null;
}

export type HistoryRow = { readonly index: bigint; readonly body: string };

/** A person's own entries, newest first, below an index if one is given; one more than `take` tells that there are more. */
export async function readPersonEntries(db: Tx, personId: string, below: bigint | null, take: number): Promise<HistoryRow[]> {
  return db.ledgerEntry.findMany({
    where: { personId, ...(below === null ? {} : { index: { lt: below } }) },
    orderBy: { index: "desc" },
    take: take + 1,
    select: { index: true, body: true },
  });
}
