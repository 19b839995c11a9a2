import { z } from "zod";
import { lookupPool, pool, type Tx } from "@/lib/data/client";
import { liveVersionOfUse } from "@/lib/data/in-force";
import type { PermissionState } from "@/lib/domain/decision";
import { gpcConcernsOf, type GpcConcern } from "@/lib/domain/signal";
import type { LegalBasis } from "@/lib/domain/terms";

/** Whether what was shown with the answer `p` told of the signal, as SQL. */
const told = "COALESCE((SELECT k.body::jsonb ? 'signal' FROM shown_content k WHERE k.digest = p.shown), false)";

/**
 * What a signal that was heard has against two versions of a data use, as SQL of the `HeardSignal` of the person `s`, whose
 * answer is `p`; null for nothing. Looked up only where one of the versions sells, shares or targets, and no answer forbids
 * it anyway, and by the key alone: everybody else pays with a look at two short words.
 * @param requested the alias of the version asked for @param live that of the live one
 */
export const heardSignal = (requested: string, live: string): string => `
  CASE WHEN (${requested}.gpc_concern <> 'none' OR ${live}.gpc_concern <> 'none') AND COALESCE(p.state, 'granted') = 'granted'
        AND (SELECT true FROM person_signal g WHERE g.person_id = s.id AND g.kind = 'gpc')
    THEN jsonb_build_object('requested', NULLIF(${requested}.gpc_concern, 'none'), 'live', NULLIF(${live}.gpc_concern, 'none'), 'told', ${told}) END`;

/** What `heardSignal` gives back. */
export const signalHeard = z.object({ requested: z.enum(gpcConcernsOf).nullable(), live: z.enum(gpcConcernsOf).nullable(), told: z.boolean() }).nullable();

/** Notes that somebody's browser sends the signal; when last, to the minute. False for somebody who was just forgotten. */
export async function noteSignal(person: string): Promise<boolean> {
  const { rows } = await pool().query<{ known: boolean }>({
    name: "note-signal",
    text: `
      WITH noted AS (
        INSERT INTO person_signal AS s (person_id, kind) SELECT p.id, 'gpc' FROM person p WHERE p.id = $1 AND p.forgotten_at IS NULL
        ON CONFLICT (person_id, kind) DO UPDATE SET last_seen_at = excluded.last_seen_at WHERE s.last_seen_at < excluded.last_seen_at - interval '1 minute')
      SELECT EXISTS (SELECT 1 FROM person p WHERE p.id = $1 AND p.forgotten_at IS NULL) AS known`,
    values: [person],
  });
  return rows[0]?.known ?? false;
}

/** When somebody's browser last sent it; null for never. */
export async function readSignal(db: Tx, person: string): Promise<Date | null> {
  const row = await db.personSignal.findUnique({ where: { personId_kind: { personId: person, kind: "gpc" } }, select: { lastSeenAt: true } });
  return row?.lastSeenAt ?? null;
}

/** A live data use as far as the signal goes, and one person's answer to it. */
export type SignalStanding = {
  readonly id: string;
  readonly key: string;
  readonly version: number;
  readonly basis: LegalBasis;
  readonly concern: GpcConcern | null;
  readonly state: PermissionState | null;
  readonly carries: boolean;
  /** Whether what they were shown told them of their signal. */
  readonly told: boolean;
  /** Of the answer's entry. */
  readonly index: number | null;
};

export async function readSignalStandings(person: string): Promise<SignalStanding[]> {
  const { rows } = await lookupPool().query<SignalStanding>({
    name: "signal-standings",
    text: `
      SELECT u.id, u.key, l.number AS version, l.legal_basis AS basis, NULLIF(l.gpc_concern, 'none') AS concern,
             p.state, p.entry_index::float8 AS index,
             COALESCE((SELECT c.carries FROM version_coverage c WHERE c.use_id = u.id AND c.answered = p.version AND c.requested = l.number), p.version = l.number, false) AS carries,
             ${told} AS told
        FROM data_use u
        JOIN LATERAL (${liveVersionOfUse}) l ON true
        LEFT JOIN permission p ON p.person_id = $1 AND p.use_id = u.id
       ORDER BY u.key`,
    values: [person],
  });
  return rows;
}

/** A live data use that sells, shares or targets, and leaves a choice. `asks`: it needs a yes. */
export type ConcernedUse = { readonly id: string; readonly version: number; readonly asks: boolean };

export async function readConcernedUses(): Promise<ConcernedUse[]> {
  const { rows } = await pool().query<ConcernedUse>(`
    SELECT u.id, l.number AS version, l.legal_basis = 'consent' AS asks
      FROM data_use u JOIN LATERAL (${liveVersionOfUse}) l ON l.gpc_concern <> 'none' AND l.legal_basis IN ('consent', 'legitimate-interests')
     ORDER BY u.id`);
  return rows;
}

/**
 * Up to so many of those whose browsers sent the signal and of whom one of these uses might make something without their
 * having said no: they said yes to it, or it needs none. By their ids.
 */
export async function readSignalledWithoutNo(uses: readonly ConcernedUse[], after: string | null, most: number): Promise<string[]> {
  const { rows } = await pool().query<{ id: string }>(
    `SELECT g.person_id AS id FROM person_signal g
      WHERE ($3::uuid IS NULL OR g.person_id > $3) AND EXISTS (
        SELECT FROM unnest($1::uuid[], $2::boolean[]) u (id, asks) LEFT JOIN permission p ON p.person_id = g.person_id AND p.use_id = u.id
         WHERE CASE WHEN p.state IS NULL THEN NOT u.asks ELSE p.state = 'granted' END)
      ORDER BY g.person_id LIMIT $4`,
    [uses.map(({ id }) => id), uses.map(({ asks }) => asks), after, most],
  );
  return rows.map(({ id }) => id);
}

/** Those of these people whose browsers have sent the signal. */
export async function readSignalled(people: readonly string[]): Promise<string[]> {
  const { rows } = await pool().query<{ id: string }>("SELECT person_id AS id FROM person_signal WHERE person_id = ANY ($1::uuid[])", [people]);
  return rows.map(({ id }) => id);
}
