import { policiesInForce, usesInForce, type Counted, type Moment } from "@/lib/data/reports";
import { storedTerms } from "@/lib/data/stored-terms";
import type { Terms } from "@/lib/domain/terms";

/** Something in force that came after an earlier deal and is asked of people. */
export type Changed = Counted & {
  /** Answers to this version and newer ones are answers to the changed deal; older than `version` after editorial changes. */
  readonly from: number;
  /** The version before the change. */
  readonly previous: number;
};

/**
 * What changed, the newest publication first, below a ledger index if one is given; one more than `take`. A history that
 * was published together with its last version changed nobody's deal here.
 */
export async function readChanged(moment: Moment, below: number | null, take: number): Promise<Changed[]> {
  const { rows } = await moment.query<Changed>(
    `SELECT * FROM (
       SELECT f.*, f.version AS "from", (SELECT max(c.answered) FROM version_coverage c
                WHERE c.use_id = f.id AND c.requested = f.version AND c.answered < f.version) AS previous
         FROM (${usesInForce}) f
       UNION ALL
       SELECT f.id, f.kind, f.key, f.name, f.version, a.in_force_from, f.asks, f.entry, a.number, (SELECT max(p.number) FROM policy_version p
                WHERE p.policy_id = f.id AND p.published_at IS NOT NULL AND p.cancelled_at IS NULL AND p.number < a.number AND p.entry_index <> a.entry_index)
         FROM (${policiesInForce}) f
         JOIN policy_version v ON v.policy_id = f.id AND v.number = f.version
         JOIN policy_version a ON a.policy_id = f.id AND a.number = v.asked_since
     ) changed
     WHERE asks AND previous IS NOT NULL AND ($1::float8 IS NULL OR entry < $1)
     ORDER BY entry DESC LIMIT $2`,
    [below, take + 1],
  );
  return rows;
}

export type Earlier = { readonly subject: string; readonly version: number; readonly people: number; readonly reaches: boolean };

/**
 * The version before each change, and every earlier one that is somebody's last answer. Who kept an earlier version and
 * refused a later one is counted with the later one where only their no reaches the change.
 */
export async function readEarlier(moment: Moment, changed: readonly Changed[]): Promise<Earlier[]> {
  const { rows } = await moment.query<Earlier>(
    `SELECT r.subject, e.version, COALESCE(sum(t.count), 0)::float8 AS people, e.reaches
       FROM unnest($1::uuid[], $2::int[], $3::int[], $4::int[]) r (subject, version, start, previous)
       CROSS JOIN LATERAL (
         SELECT c.answered AS version, c.carries AS reaches FROM version_coverage c
          WHERE c.use_id = r.subject AND c.requested = r.version AND c.answered < r.version
         UNION ALL
         SELECT number, false FROM policy_version p WHERE p.policy_id = r.subject AND p.published_at IS NOT NULL AND p.number < r.start
       ) e
       LEFT JOIN LATERAL (
         SELECT a.count FROM tally a
           LEFT JOIN version_coverage y ON y.use_id = r.subject AND y.answered = a.version AND y.requested = r.version
           LEFT JOIN version_coverage n ON n.use_id = r.subject AND n.answered = a.declined AND n.requested = r.version
          WHERE a.subject = r.subject
            AND CASE WHEN a.declined = r.version OR (NOT COALESCE(y.carries, false) AND n.carries) THEN a.declined ELSE a.version END = e.version) t ON true
      GROUP BY r.subject, r.previous, e.version, e.reaches
     HAVING COALESCE(sum(t.count), 0) > 0 OR e.version = r.previous
      ORDER BY r.subject, e.version DESC`,
    [changed.map((one) => one.id), changed.map((one) => one.version), changed.map((one) => one.from), changed.map((one) => one.previous)],
  );
  return rows;
}

/** How many people's last answer is to the changed deal, by subject. */
export async function readAnsweredSince(moment: Moment, changed: readonly Changed[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await moment.query<{ subject: string; people: number }>(
    `SELECT r.subject, sum(t.count)::float8 AS people FROM unnest($1::uuid[], $2::int[]) r (subject, start)
       JOIN tally t ON t.subject = r.subject AND (t.version >= r.start OR t.declined >= r.start) GROUP BY 1`,
    [changed.map((one) => one.id), changed.map((one) => one.from)],
  );
  return new Map(rows.map((row) => [row.subject, row.people]));
}

export type VersionTerms = { readonly subject: string; readonly version: number; readonly terms: Terms };

/** The terms of these published versions of data uses. */
export async function readTerms(moment: Moment, of: readonly { readonly subject: string; readonly version: number }[]): Promise<VersionTerms[]> {
  const { rows } = await moment.query<{ subject: string; version: number; terms: unknown }>(
    `SELECT v.use_id AS subject, v.number AS version, v.terms FROM unnest($1::uuid[], $2::int[]) r (subject, version)
       JOIN data_use_version v ON v.use_id = r.subject AND v.number = r.version`,
    [of.map((one) => one.subject), of.map((one) => one.version)],
  );
  return rows.map((row) => ({ ...row, terms: storedTerms.parse(row.terms) }));
}

export type ChangeNote = { readonly subject: string; readonly version: number; readonly note: string };

/** What was said about the versions of policies that ask people again, newest first. */
export async function readChangeNotes(moment: Moment, changed: readonly Changed[], most: number): Promise<ChangeNote[]> {
  const { rows } = await moment.query<ChangeNote>(
    `SELECT r.subject, n.number AS version, n.change_note AS note FROM unnest($1::uuid[], $2::int[]) r (subject, version)
      CROSS JOIN LATERAL (
        SELECT number, change_note FROM policy_version p
         WHERE p.policy_id = r.subject AND p.published_at IS NOT NULL AND p.cancelled_at IS NULL AND NOT p.editorial AND p.number <= r.version AND p.change_note <> ''
         ORDER BY number DESC LIMIT $3) n
      ORDER BY r.subject, n.number DESC`,
    [changed.map((one) => one.id), changed.map((one) => one.version), most],
  );
  return rows;
}
