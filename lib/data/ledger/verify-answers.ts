import { pool } from "@/lib/data/client";
import type { Fault } from "@/lib/data/ledger/verify";

/** What an entry about a data use leaves standing (see `standsAfter`), as a row says it; `l` is the entry. */
const standsAfterPermission = `
  s.state <> CASE WHEN l.said ? 'keeps' THEN 'granted' ELSE l.said ->> 'answer' END
  OR s.version <> COALESCE(l.said ->> 'keeps', l.said ->> 'version')::int
  OR s.declined IS DISTINCT FROM (CASE WHEN l.said ? 'keeps' THEN l.said ->> 'version' ELSE l.said ->> 'declined' END)::int
  OR s.once <> COALESCE((l.said ->> 'once')::boolean, false)
  OR s.expires_at IS DISTINCT FROM (l.said ->> 'expiresAt')::timestamptz
  OR s.imported_from IS DISTINCT FROM l.said #>> '{imported,source}'
  OR s.imported_at IS DISTINCT FROM (l.said #>> '{imported,answeredAt}')::timestamptz
  OR s.used_at IS DISTINCT FROM (CASE WHEN l.said ? 'once' OR s.used_at IS NOT NULL THEN (
       SELECT min(u.recorded_at) FROM ledger_entry u
        WHERE u.person_id = l.person_id AND u.kind = 'permission-used' AND u.subject = l.subject AND (u.body::jsonb ->> 'of')::bigint = l.index) END)`;

const standsAfterAcceptance = "s.state <> l.said ->> 'answer' OR s.version <> (l.said ->> 'version')::int";

/**
 * Holds what decisions rest on against the ledger: every permission and acceptance is what the person's last entry about
 * it says, no entry is without its row, and no grant for one decision was used for two. To be called once the entries
 * themselves were verified.
 * @returns the first entry that the rows contradict, or null
 */
export async function findContradiction(): Promise<Fault | null> {
  for (const [table, column, of, kind, about, differs] of [
    ["permission", "use_id", "data_use", "permission-answered", "use", standsAfterPermission],
    ["acceptance", "policy_id", "policy", "policy-answered", "policy", standsAfterAcceptance],
  ] as const) {
    const { rows: [row] } = await pool().query<{ index: number; stands: boolean }>(
      `WITH last AS (
         SELECT DISTINCT ON (e.person_id, e.subject) e.index, e.person_id, e.subject, e.recorded_at, e.body::jsonb AS said
           FROM ledger_entry e JOIN person p ON p.id = e.person_id AND p.forgotten_at IS NULL
          WHERE e.kind = $1 ORDER BY e.person_id, e.subject, e.index DESC),
       stands AS (SELECT r.*, $2 || ':' || o.key AS subject FROM ${table} r JOIN ${of} o ON o.id = r.${column})
       SELECT COALESCE(l.index, s.entry_index)::float8 AS index, s.person_id IS NOT NULL AS stands
         FROM last l FULL JOIN stands s ON s.person_id = l.person_id AND s.subject = l.subject
        WHERE l.index IS NULL OR s.person_id IS NULL OR s.entry_index <> l.index OR s.channel <> l.said ->> 'channel' OR s.answered_at <> l.recorded_at
           OR COALESCE(encode(s.shown, 'hex'), '') <> COALESCE(l.said ->> 'shown', '') OR ${differs}
        ORDER BY 1 LIMIT 1`,
      [kind, about],
    );
    if (row) return { index: row.index, why: row.stands ? `the ${table} that decisions rest on says something else` : `the ${table} that it made is gone` };
  }
  return findMisuse();
}

/** The first use of a grant that was not good for one decision, or was good for one that had been made. */
async function findMisuse(): Promise<Fault | null> {
  const { rows: [row] } = await pool().query<{ index: number; again: boolean }>(
    `WITH used AS (
       SELECT e.index, e.person_id, e.subject, (e.body::jsonb ->> 'of')::bigint AS "of", row_number() OVER (PARTITION BY (e.body::jsonb ->> 'of') ORDER BY e.index) > 1 AS again
         FROM ledger_entry e WHERE e.kind = 'permission-used')
     SELECT u.index::float8 AS index, u.again FROM used u
       LEFT JOIN ledger_entry g ON g.index = u.of AND g.index < u.index AND g.person_id = u.person_id AND g.subject = u.subject AND g.kind = 'permission-answered' AND g.body::jsonb ? 'once'
      WHERE u.again OR g.index IS NULL ORDER BY 1 LIMIT 1`,
  );
  return row ? { index: row.index, why: row.again ? "it uses a permission for one decision a second time" : "it uses a permission that was not given for one decision" } : null;
}
