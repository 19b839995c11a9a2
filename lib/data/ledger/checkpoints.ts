import { database, type Tx } from "@/lib/data/client";

/** The checkpoint that was signed over exactly so many entries, and the newest one; null where there is none. */
export async function readCheckpointPair(db: Tx, older: number): Promise<{ older: string; newer: { size: number; note: string } } | null> {
  const found = await db.ledgerCheckpoint.findUnique({ where: { size: BigInt(older) }, select: { note: true } });
  const newest = await db.ledgerCheckpoint.findFirst({ orderBy: { size: "desc" }, select: { size: true, note: true } });
  return found && newest && { older: found.note, newer: { size: Number(newest.size), note: newest.note } };
}

/** So many checkpoints before the newest, spread evenly over the ledger, oldest first; one short index walk each. */
export async function readSpreadCheckpoints(db: Tx, count: number): Promise<{ size: number; signedAt: Date }[]> {
  return db.$queryRaw<{ size: number; signedAt: Date }[]>`
    SELECT DISTINCT c.size::float8 AS size, c.signed_at AS "signedAt"
      FROM (SELECT max(size) AS size FROM ledger_checkpoint) newest
     CROSS JOIN generate_series(0, ${count}::int - 1) step
     CROSS JOIN LATERAL (SELECT size, signed_at FROM ledger_checkpoint WHERE size >= newest.size * step / ${count}::int ORDER BY size LIMIT 1) c
     WHERE c.size < newest.size ORDER BY 1`;
}

/** The signed notes of exactly these sizes, where there are such. */
export async function readNotes(sizes: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const rows = await database().ledgerCheckpoint.findMany({ where: { size: { in: sizes.map(BigInt) } }, select: { size: true, note: true } });
  return new Map(rows.map(({ size, note }) => [Number(size), note]));
}
