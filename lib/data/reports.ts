import type pg from "pg";
import { pool } from "@/lib/data/client";
import { customersAudiences, liveVersionOfUse, versionInForceOfPolicy } from "@/lib/data/in-force";
import type { AnswerCount, ReportKind } from "@/lib/contract/report";
import type { PermissionState } from "@/lib/domain/decision";
import type { AcceptanceState } from "@/lib/domain/entry";

/** A connection at one moment of the database: every number read through it belongs to the same instant. */
export type Moment = Pick<pg.PoolClient, "query">;

/** Reads at one moment. Reports count from tallies and versions only, never from a row per person. */
export async function atOneMoment<T>(read: (moment: Moment) => Promise<T>): Promise<T> {
  const client = await pool().connect();
  let broken = true;
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const result = await read(client);
    await client.query("COMMIT");
    broken = false;
    return result;
  } finally {
    client.release(broken);
  }
}

/** What is counted about, with the version in force. */
export type Counted = {
  readonly id: string;
  readonly kind: ReportKind;
  readonly key: string;
  readonly name: string;
  readonly version: number;
  readonly since: Date;
  /** Whether people are asked for an answer. */
  readonly asks: boolean;
  /** The ledger entry of its publication: the order of changes. */
  readonly entry: number;
};

/** Data uses in force by key; `asks` follows the legal basis. */
export const usesInForce = `
  SELECT u.id, 'use' AS kind, u.key, u.name, l.number AS version, l.published_at AS since, l.legal_basis = 'consent' AS asks, l.entry_index::float8 AS entry
    FROM data_use u JOIN LATERAL (${liveVersionOfUse}) l ON true`;

/** Policies in force by key; only customers' policies are asked of the people counted here. */
export const policiesInForce = `
  SELECT y.id, 'policy' AS kind, y.key, y.title AS name, l.number AS version, l.in_force_from AS since,
         y.asks <> 'nothing' AND y.audience IN ${customersAudiences} AS asks, l.entry_index::float8 AS entry
    FROM policy y JOIN LATERAL (${versionInForceOfPolicy}) l ON true`;

const inForceOf = { use: usesInForce, policy: policiesInForce } as const;
const keyOf = { use: "u.key", policy: "y.key" } as const;

/** A page of what is in force, by key; asks for one more than `take`, so that the caller sees whether there are more. */
export async function readCounted(moment: Moment, kind: ReportKind, after: string | null, take: number): Promise<Counted[]> {
  const { rows } = await moment.query<Counted>(`${inForceOf[kind]} WHERE ${keyOf[kind]} > $1 ORDER BY ${keyOf[kind]} LIMIT $2`, [after ?? "", take + 1]);
  return rows;
}

/** One data use or policy by key, whether or not a version is in force. */
export async function findSubject(moment: Moment, kind: ReportKind, key: string): Promise<{ id: string; name: string; live: Counted | null } | null> {
  const found = await moment.query<{ id: string; name: string }>(
    kind === "use" ? "SELECT id, name FROM data_use WHERE key = $1" : "SELECT id, title AS name FROM policy WHERE key = $1",
    [key],
  );
  const [subject] = found.rows;
  if (!subject) return null;
  const live = await moment.query<Counted>(`${inForceOf[kind]} WHERE ${keyOf[kind]} = $1`, [key]);
  return { ...subject, live: live.rows[0] ?? null };
}

/** How many people there are, forgotten ones left out, and what the database's clock says. */
export async function readPeople(moment: Moment): Promise<{ people: number; now: Date }> {
  const { rows } = await moment.query<{ people: number; now: Date }>(`
    SELECT date_trunc('milliseconds', clock_timestamp()) AS now, COALESCE((SELECT count FROM tally
     WHERE subject = '00000000-0000-0000-0000-000000000000' AND version = 0 AND state = 'person'), 0)::float8 AS people`);
  return rows[0] ?? { people: 0, now: new Date(0) };
}

export type Tallied = AnswerCount & { readonly subject: string; readonly requested: number; readonly answered: number; readonly state: PermissionState | AcceptanceState };

/** One version of one subject that people may have answered. */
export type Requested = { readonly id: string; readonly version: number };

/** The version that a person's last answer was given to, of a row of `tally` or `permission`: who keeps a deal answers the changed one. */
export const lastAnswered = (row: string): string => `CASE WHEN ${row}.state = 'granted' AND ${row}.declined > 0 THEN ${row}.declined ELSE ${row}.version END`;

/**
 * The last answers of all people, counted by answered version and state, for each requested version, and whether an
 * answer to that version reaches the requested one. Data uses: as written when they were published. Who kept an earlier
 * version is counted there as granted, and as refused where only their no reaches.
 */
export async function readUseAnswers(moment: Moment, requested: readonly Requested[]): Promise<Tallied[]> {
  const { rows } = await moment.query<Tallied>(
    `SELECT r.subject, r.requested, ${lastAnswered("t")} AS answered, t.count::float8 AS count, o.yes OR o.no AS reaches,
            CASE WHEN t.state = 'granted' AND o.no AND NOT o.yes THEN 'refused' ELSE t.state END AS state
       FROM unnest($1::uuid[], $2::int[]) r (subject, requested)
       JOIN tally t ON t.subject = r.subject AND t.count <> 0
       LEFT JOIN version_coverage c ON c.use_id = r.subject AND c.answered = t.version AND c.requested = r.requested
       LEFT JOIN version_coverage d ON d.use_id = r.subject AND d.answered = t.declined AND d.requested = r.requested
      CROSS JOIN LATERAL (SELECT COALESCE(c.carries, t.version = r.requested) AS yes, COALESCE(d.carries, t.declined = r.requested) AS no) o
      ORDER BY r.subject, r.requested, t.version, t.state`,
    [requested.map((one) => one.id), requested.map((one) => one.version)],
  );
  return rows;
}

/**
 * The same for policies: an answer reaches every version since the last that asked again, and up to the next that does.
 * Editorial changes ask nobody.
 */
export async function readPolicyAnswers(moment: Moment, requested: readonly Requested[]): Promise<Tallied[]> {
  const { rows } = await moment.query<Tallied>(
    `SELECT r.subject, r.requested, t.version AS answered, t.state, t.count::float8 AS count, COALESCE(a.asked_since = q.asked_since, false) AS reaches
       FROM unnest($1::uuid[], $2::int[]) r (subject, requested)
       JOIN tally t ON t.subject = r.subject AND t.count <> 0
       LEFT JOIN policy_version q ON q.policy_id = r.subject AND q.number = r.requested
       LEFT JOIN policy_version a ON a.policy_id = r.subject AND a.number = t.version
      ORDER BY r.subject, r.requested, t.version, t.state`,
    [requested.map((one) => one.id), requested.map((one) => one.version)],
  );
  return rows;
}

/** The last answers about requested versions of either kind. */
export async function readAnswers(moment: Moment, kind: ReportKind, requested: readonly Requested[]): Promise<Tallied[]> {
  if (requested.length === 0) return [];
  return kind === "use" ? readUseAnswers(moment, requested) : readPolicyAnswers(moment, requested);
}

/** Finds the answers about one requested version among those about many. */
export function answersByVersion(answers: readonly Tallied[]): (of: Requested) => readonly Tallied[] {
  const found = new Map<string, Tallied[]>();
  for (const one of answers) {
    const place = `${one.subject} ${one.requested}`;
    const before = found.get(place);
    if (before) before.push(one);
    else found.set(place, [one]);
  }
  return ({ id, version }) => found.get(`${id} ${version}`) ?? [];
}

export type VersionDates = { readonly version: number; readonly publishedAt: Date; readonly inForceFrom: Date };

/** Versions that are or were in force, newest first, below a number if one is given; one more than `take`. */
export async function readVersions(moment: Moment, kind: ReportKind, id: string, below: number | null, take: number): Promise<VersionDates[]> {
  const { rows } = await moment.query<VersionDates>(
    kind === "use"
      ? `SELECT number AS version, published_at AS "publishedAt", published_at AS "inForceFrom" FROM data_use_version
          WHERE use_id = $1 AND published_at IS NOT NULL AND ($2::int IS NULL OR number < $2) ORDER BY number DESC LIMIT $3`
      : `SELECT number AS version, published_at AS "publishedAt", in_force_from AS "inForceFrom" FROM policy_version
          WHERE policy_id = $1 AND published_at IS NOT NULL AND cancelled_at IS NULL AND in_force_from <= clock_timestamp()
            AND ($2::int IS NULL OR number < $2) ORDER BY number DESC LIMIT $3`,
    [id, below, take + 1],
  );
  return rows;
}

