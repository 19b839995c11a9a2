import { pool } from "@/lib/data/client";
import { mostAttempts } from "@/lib/data/outbox";

/** How many rows one statement removes at most, so that none holds its locks for long. */
const batch = 1_000;

/** What is cleared, and the moment since which nobody needs it. */
const ended = [
  { table: "person_link", since: "LEAST(expires_at, used_at)", only: "true" },
  { table: "person_session", since: "LEAST(expires_at, revoked_at)", only: "true" },
  { table: "staff_session", since: "LEAST(expires_at, revoked_at)", only: "true" },
  { table: "outbox", since: "done_at", only: "done_at IS NOT NULL" },
  // Parked: its last try is long over, and the link it carries has run out.
  { table: "outbox", since: "due_at", only: `done_at IS NULL AND attempts >= ${mostAttempts}` },
] as const;

/** Removes links and sessions that were used, ended or ran out, and mail that left or was given up, thirty days after. */
export async function clearEnded(): Promise<void> {
  for (const { table, since, only } of ended) {
    const statement = `DELETE FROM ${table} WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM ${table} WHERE ${only} AND ${since} < now() - interval '30 days' LIMIT ${batch} FOR UPDATE SKIP LOCKED))`;
    while (((await pool().query(statement)).rowCount ?? 0) === batch);
  }
}
