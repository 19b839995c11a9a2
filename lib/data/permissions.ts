import { pool, type Tx } from "@/lib/data/client";

/** The id of a data use by its key. */
export async function findUseId(db: Tx, key: string): Promise<string | null> {
  const row = await db.dataUse.findUnique({ where: { key }, select: { id: true } });
  return row?.id ?? null;
}

/** Ids of data uses by key; those that are not there are left out. */
export async function readUseIds(db: Tx, keys: readonly string[]): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map();
  const rows = await db.dataUse.findMany({ where: { key: { in: [...keys] } }, select: { id: true, key: true } });
  return new Map(rows.map(({ key, id }) => [key, id]));
}

/** The indexes of a person's last answers about these data uses, before an entry of the ledger if one is given. */
export async function readAnswersBefore(person: string, uses: readonly string[], before: number | null): Promise<number[]> {
  const { rows } = await pool().query<{ index: number }>(
    `SELECT max(index)::float8 AS index FROM ledger_entry
      WHERE person_id = $1::uuid AND kind = 'permission-answered' AND subject = ANY ($2::text[]) AND ($3::bigint IS NULL OR index < $3) GROUP BY subject`,
    [person, uses.map((use) => `use:${use}`), before],
  );
  return rows.map(({ index }) => index);
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
