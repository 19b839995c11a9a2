import { pool } from "@/lib/data/client";
import type { Fault } from "@/lib/data/ledger/verify";

/**
 * Holds what decisions rest on against the ledger: every permission and acceptance is what the person's last entry about
 * it says, and no entry is without its row. To be called once the entries themselves were verified.
 * @returns the first entry that the rows contradict, or null
 */
export async function findContradiction(): Promise<Fault | null> {
  for (const [table, column, of, kind, about, expires] of [
    ["permission", "use_id", "data_use", "permission-answered", "use", "r.expires_at"],
    ["acceptance", "policy_id", "policy", "policy-answered", "policy", "NULL::timestamptz"],
  ] as const) {
    const { rows: [row] } = await pool().query<{ index: number; stands: boolean }>(
      `WITH last AS (
         SELECT DISTINCT ON (e.person_id, e.subject) e.index, e.person_id, e.subject, e.recorded_at, e.body::jsonb AS said
           FROM ledger_entry e JOIN person p ON p.id = e.person_id AND p.forgotten_at IS NULL
          WHERE e.kind = $1 ORDER BY e.person_id, e.subject, e.index DESC),
       stands AS (SELECT r.person_id, $2 || ':' || o.key AS subject, r.entry_index, r.state, r.version, r.answered_at, r.channel, r.shown, ${expires} AS expires_at FROM ${table} r JOIN ${of} o ON o.id = r.${column})
       SELECT COALESCE(l.index, s.entry_index)::float8 AS index, s.person_id IS NOT NULL AS stands
         FROM last l FULL JOIN stands s ON s.person_id = l.person_id AND s.subject = l.subject
        WHERE l.index IS NULL OR s.person_id IS NULL OR s.entry_index <> l.index OR s.state <> l.said ->> 'answer' OR s.version <> (l.said ->> 'version')::int
           OR s.channel <> l.said ->> 'channel' OR s.answered_at <> l.recorded_at OR COALESCE(encode(s.shown, 'hex'), '') <> COALESCE(l.said ->> 'shown', '')
           OR s.expires_at IS DISTINCT FROM (l.said ->> 'expiresAt')::timestamptz
        ORDER BY 1 LIMIT 1`,
      [kind, about],
    );
    if (row) return { index: row.index, why: row.stands ? `the ${table} that decisions rest on says something else` : `the ${table} that it made is gone` };
  }
  return null;
}
