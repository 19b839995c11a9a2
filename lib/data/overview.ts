import type { ScheduledItem, WaitingItem } from "@/lib/contract/report";
import type { Moment } from "@/lib/data/reports";

/** Drafts that wait for a second person, and imported histories that nobody has published yet; the longest waiting first. */
export async function readWaiting(moment: Moment, take: number): Promise<WaitingItem[]> {
  const { rows } = await moment.query<WaitingItem>(
    `SELECT w.what, w.kind, w.key, w.name, w.version, w.since,
            ARRAY(SELECT s.name FROM staff s WHERE s.id = ANY (w.author_ids) ORDER BY s.name) AS authors
       FROM (
         SELECT 'use' AS what, 'use' AS kind, u.key, u.name, v.number AS version, v.proposed_at AS since, v.author_ids
           FROM data_use_version v JOIN data_use u ON u.id = v.use_id WHERE v.published_at IS NULL AND v.proposed_at IS NOT NULL
         UNION ALL
         SELECT 'prompt', 'use', u.key, u.name, v.number, v.proposed_at, v.author_ids
           FROM prompt_version v JOIN prompt r ON r.id = v.prompt_id JOIN data_use u ON u.id = r.use_id
          WHERE v.published_at IS NULL AND v.proposed_at IS NOT NULL
         UNION ALL
         SELECT 'policy', 'policy', p.key, p.title, v.number, v.proposed_at, v.author_ids
           FROM policy_version v JOIN policy p ON p.id = v.policy_id
          WHERE v.published_at IS NULL AND v.proposed_at IS NOT NULL AND v.origin = 'written'
         UNION ALL
         SELECT 'policy', 'policy', p.key, p.title, i.number, i.created_at, i.author_ids
           FROM policy p CROSS JOIN LATERAL (
             SELECT number, created_at, author_ids FROM policy_version v
              WHERE v.policy_id = p.id AND v.published_at IS NULL AND v.origin = 'imported' ORDER BY number DESC LIMIT 1) i
       ) w ORDER BY w.since, w.key, w.what LIMIT $1`,
    [take],
  );
  return rows;
}

/** Policy versions published for later, the next first. */
export async function readScheduled(moment: Moment, take: number): Promise<ScheduledItem[]> {
  const { rows } = await moment.query<ScheduledItem>(
    `SELECT p.key, p.title, v.number AS version, v.in_force_from AS from
       FROM policy_version v JOIN policy p ON p.id = v.policy_id
      WHERE v.published_at IS NOT NULL AND v.cancelled_at IS NULL AND v.in_force_from > clock_timestamp()
      ORDER BY v.in_force_from, p.key LIMIT $1`,
    [take],
  );
  return rows;
}
