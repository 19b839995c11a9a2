import { lookupPool } from "@/lib/data/client";

/** Answers only when the database answers. Throws what the database throws. */
export async function checkHealth(): Promise<{ status: "ok"; time: string }> {
  const { rows } = await lookupPool().query<{ now: Date }>("SELECT clock_timestamp() AS now");
  return { status: "ok", time: rows[0]!.now.toISOString() };
}
