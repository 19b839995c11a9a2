import { pool } from "@/lib/data/client";
import type { DecisionReason } from "@/lib/domain/decision";

/** What is counted: a decision by its reason, or a use that was made without asking for one. */
export type Counted = DecisionReason | "unasked";

/** How long counts wait in memory at most, in milliseconds. */
const wait = 1_000;

/** Different calls of one key about one use that are told apart on a day; the others count together as `other`. */
const mostCalls = 50;
const others = "other";
/** The one advisory lock under which counts are written; any number, the same in every process. */
const tallyLock = 6_274_119_038n;

type Counts = Map<string, Map<Counted, number>>;
/** By key and use, then by call, then by reason. */
let counts = new Map<string, Map<string, Counts>>();
let timer: NodeJS.Timeout | undefined;
let writing: Promise<void> = Promise.resolve();

/**
 * Counts decisions about a use, by key, call and reason, without a row for each: they wait in memory for a second at
 * most, and then make one statement. A process that is killed loses that second; one that is stopped writes it
 * (`flushDecisions`).
 */
export function countDecision(use: string, reason: Counted, keyId: string, call = "", times = 1): void {
  const calls = inside(inside(counts, keyId, newMap<string, Counts>), use, newMap<string, Map<Counted, number>>);
  const reasons = inside(calls, calls.size < mostCalls || calls.has(call) ? call : others, newMap<Counted, number>);
  reasons.set(reason, (reasons.get(reason) ?? 0) + times);
  timer ??= setTimeout(() => void flushDecisions(), wait).unref();
}

const newMap = <K, V>(): Map<K, V> => new Map<K, V>();

function inside<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}

/** Writes what is counted and not written yet; done when it is on disk. What cannot be written is kept for the next time. */
export function flushDecisions(): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  writing = writing.then(write);
  return writing;
}

/** Whether there is a data use with this key that ever was in force. */
export async function isPublished(use: string): Promise<boolean> {
  const { rowCount } = await pool().query("SELECT FROM data_use u JOIN data_use_version v ON v.use_id = u.id AND v.published_at IS NOT NULL WHERE u.key = $1 LIMIT 1", [use]);
  return rowCount === 1;
}

async function write(): Promise<void> {
  const taken = counts;
  counts = new Map();
  const rows = [...taken].flatMap(([key, uses]) =>
    [...uses].flatMap(([use, calls]) => [...calls].flatMap(([call, reasons]) => [...reasons].map(([reason, count]) => ({ key, use, call, reason, count })))),
  );
  if (rows.length === 0) return;
  try {
    await add(rows);
  } catch {
    // The database may be away for a moment; whoever decides is told by their own query.
    for (const { key, use, reason, call, count } of rows) countDecision(use, reason, key, call, count);
  }
}

type Row = { readonly key: string; readonly use: string; readonly call: string; readonly reason: Counted; readonly count: number };

const statement = `
    WITH today AS MATERIALIZED (SELECT (clock_timestamp() AT TIME ZONE 'UTC')::date AS day),
    counted AS (
      SELECT u.id AS use_id, c.key, c.reason, c.call, c.count
        FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[], $5::text[])
             c (key, use, reason, count, call) JOIN data_use u ON u.key = c.use),
    named AS (SELECT DISTINCT use_id, key, call FROM counted WHERE call NOT IN ('', '${others}')),
    known AS (
      SELECT DISTINCT d.use_id, d.key_id AS key, d.call FROM today JOIN decision_tally d ON d.day = today.day
       WHERE (d.use_id, d.key_id) IN (SELECT use_id, key FROM named) AND d.call NOT IN ('', '${others}')),
    -- Whatever stands there already stays; what is new comes after it, as far as there is room.
    apart AS (
      SELECT n.use_id, n.key, n.call, k.call IS NOT NULL AS stands,
             row_number() OVER (PARTITION BY n.use_id, n.key, k.call IS NULL ORDER BY n.call) + (SELECT count(*) FROM known o WHERE o.use_id = n.use_id AND o.key = n.key) AS place
        FROM named n LEFT JOIN known k USING (use_id, key, call))
    INSERT INTO decision_tally (use_id, day, reason, key_id, call, count)
    SELECT c.use_id, today.day, c.reason, c.key, CASE WHEN c.call = '' OR a.stands OR a.place <= ${mostCalls} THEN c.call ELSE '${others}' END, sum(c.count)
      FROM counted c CROSS JOIN today LEFT JOIN apart a USING (use_id, key, call)
     GROUP BY 1, 2, 3, 4, 5
    ON CONFLICT (use_id, day, reason, key_id, call) DO UPDATE SET count = decision_tally.count + excluded.count`;

/**
 * One writer at a time, so that a day's calls are told apart by what all processes wrote before. On a bare connection: it
 * comes every second wherever decisions are made, in processes that are otherwise small.
 */
async function add(rows: readonly Row[]): Promise<void> {
  const client = await pool().connect();
  let broken: Error | undefined;
  try {
    await client.query("BEGIN");
    await client.query(`SELECT pg_advisory_xact_lock(${tallyLock})::text`);
    await client.query(statement, [rows.map(({ key }) => key), rows.map(({ use }) => use), rows.map(({ reason }) => reason), rows.map(({ count }) => count), rows.map(({ call }) => call)]);
    await client.query("COMMIT");
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    // A connection in the middle of something is closed, which undoes it.
    client.release(broken);
  }
}

export type CountedDay = { readonly day: string; readonly reason: string; readonly count: number };

/** What was counted about a use on the last `days` days (UTC), today included; days without anything are not there. */
export async function readDecisionDays(use: string, days: number): Promise<{ today: string; counted: CountedDay[] }> {
  const { rows } = await pool().query<{ today: string; counted: CountedDay[] | null }>(
    `SELECT (now() AT TIME ZONE 'UTC')::date::text AS today,
            (SELECT json_agg(json_build_object('day', c.day, 'reason', c.reason, 'count', c.count)) FROM (
               SELECT d.day, d.reason, sum(d.count) AS count FROM decision_tally d JOIN data_use u ON u.id = d.use_id
                WHERE u.key = $1 AND d.day > (now() AT TIME ZONE 'UTC')::date - $2::int GROUP BY 1, 2) c) AS counted`,
    [use, days],
  );
  return { today: rows[0]?.today ?? "", counted: rows[0]?.counted ?? [] };
}
