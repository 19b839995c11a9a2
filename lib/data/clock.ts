import type { Tx } from "@/lib/data/client";

/** The database's own moment, by which everything is judged: what is in force, and what has run out. To the millisecond, as dates carry it. */
export async function databaseNow(db: Tx): Promise<Date> {
  const [row] = await db.$queryRaw<{ now: Date }[]>`SELECT date_trunc('milliseconds', clock_timestamp()) AS now`;
  if (!row) throw new Error("the database does not tell the time");
  return row.now;
}
