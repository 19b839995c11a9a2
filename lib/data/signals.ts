import { lookupPool, pool, type Tx } from "@/lib/data/client";
import type { PermissionState } from "@/lib/domain/decision";
import type { LegalBasis, Sharing } from "@/lib/domain/terms";

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
  readonly sharing: Sharing;
  readonly purpose: string;
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
      SELECT u.id, u.key, l.number AS version, l.legal_basis AS basis, l.terms ->> 'sharing' AS sharing, l.terms ->> 'purpose' AS purpose,
             p.state, p.entry_index::float8 AS index,
             COALESCE((SELECT c.carries FROM version_coverage c WHERE c.use_id = u.id AND c.answered = p.version AND c.requested = l.number), p.version = l.number, false) AS carries,
             COALESCE((SELECT k.body::jsonb ? 'signal' FROM shown_content k WHERE k.digest = p.shown), false) AS told
        FROM data_use u
        JOIN LATERAL (SELECT v.number, v.legal_basis, v.terms FROM data_use_version v
               WHERE v.use_id = u.id AND v.published_at IS NOT NULL ORDER BY v.number DESC LIMIT 1) l ON true
        LEFT JOIN permission p ON p.person_id = $1 AND p.use_id = u.id
       ORDER BY u.key`,
    values: [person],
  });
  return rows;
}

/** A live data use that goes on until somebody objects. */
export type UnaskedUse = Pick<SignalStanding, "id" | "version" | "sharing" | "purpose">;

export async function readUnaskedUses(): Promise<UnaskedUse[]> {
  const { rows } = await pool().query<UnaskedUse>(`
    SELECT u.id, l.number AS version, l.terms ->> 'sharing' AS sharing, l.terms ->> 'purpose' AS purpose
      FROM data_use u
      JOIN LATERAL (SELECT v.number, v.legal_basis, v.terms FROM data_use_version v
             WHERE v.use_id = u.id AND v.published_at IS NOT NULL ORDER BY v.number DESC LIMIT 1) l ON l.legal_basis = 'legitimate-interests'
     ORDER BY u.id`);
  return rows;
}

/** Up to so many of those whose browsers sent the signal and who have said no such thing about one of these uses, by their ids. */
export async function readSignalledWithoutNo(uses: readonly string[], after: string | null, most: number): Promise<string[]> {
  const { rows } = await pool().query<{ id: string }>(
    `SELECT g.person_id AS id FROM person_signal g
      WHERE ($2::uuid IS NULL OR g.person_id > $2) AND EXISTS (
        SELECT FROM unnest($1::uuid[]) u (id) WHERE NOT EXISTS (SELECT FROM permission p WHERE p.person_id = g.person_id AND p.use_id = u.id AND p.state <> 'granted'))
      ORDER BY g.person_id LIMIT $3`,
    [uses, after, most],
  );
  return rows.map(({ id }) => id);
}

/** Those of these people whose browsers have sent the signal. */
export async function readSignalled(people: readonly string[]): Promise<string[]> {
  const { rows } = await pool().query<{ id: string }>("SELECT person_id AS id FROM person_signal WHERE person_id = ANY ($1::uuid[])", [people]);
  return rows.map(({ id }) => id);
}
