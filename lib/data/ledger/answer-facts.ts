import { liveVersionOfUse, versionInForceOfPolicy } from "@/lib/data/in-force";
import type { PermissionState } from "@/lib/domain/decision";
import type { AcceptanceState } from "@/lib/domain/entry";
import type { LegalBasis } from "@/lib/domain/terms";

/** A live data use: what answers to it are held against. */
export type LiveUse = {
  readonly id: string;
  readonly key: string;
  readonly version: number;
  readonly basis: LegalBasis;
  /** Number of the published prompt's version; null where nobody can be asked yet. */
  readonly wording: number | null;
};

/** A policy in force. */
export type LivePolicy = { readonly id: string; readonly key: string; readonly version: number; readonly asks: "accept" | "acknowledge" | "nothing" };

/** Somebody's last answer about one thing; `index` is its entry's. */
export type Stand<State> = { readonly state: State; readonly version: number; readonly answeredAt: Date; readonly index: number };

/** The same about a data use, with what bounds it. */
export type PermissionStand = Stand<PermissionState> & {
  /** A newer version that was refused while this one was kept. */
  readonly declined: number | null;
  readonly expiresAt: Date | null;
  readonly once: boolean;
  /** Good for one decision, which was made. */
  readonly spent: boolean;
  /** Brought in from elsewhere. */
  readonly imported: boolean;
};

export type PersonFacts = {
  /** Nobody who is unknown or forgotten answers anything. */
  readonly known: boolean;
  /** What entries call them: hex, see `identity` in lib/domain/entry. */
  readonly identity: string | null;
  /** Their last answer about each of the data uses and policies in question, by id. */
  readonly permissions: ReadonlyMap<string, PermissionStand>;
  readonly acceptances: ReadonlyMap<string, Stand<AcceptanceState>>;
};

export type AnswerFacts = {
  readonly now: Date;
  /** By id; what is not published is not there. */
  readonly uses: ReadonlyMap<string, LiveUse>;
  readonly policies: ReadonlyMap<string, LivePolicy>;
  personOf(id: string): PersonFacts;
};

/** What was asked under the same request ids before. */
export type Before = { readonly name: string; readonly index: number; readonly digest: string | null };

/** The row of `readAnswerFacts`: everything at once, as JSON. */
export type AnswerFactsRow = {
  readonly now: Date;
  readonly before: readonly Before[] | null;
  readonly people: readonly { readonly id: string; readonly commitment: string | null }[] | null;
  readonly uses: readonly LiveUse[] | null;
  readonly permissions: readonly PermissionRow[] | null;
  readonly policies: readonly LivePolicy[] | null;
  readonly acceptances: readonly StandRow<AcceptanceState>[] | null;
};

type StandRow<State> = { readonly person: string; readonly about: string; readonly state: State; readonly version: number; readonly answeredAt: string; readonly index: number };
type PermissionRow = StandRow<PermissionState> & Omit<PermissionStand, keyof Stand<never> | "expiresAt"> & { readonly expiresAt: string | null };
type Asked = { readonly name: string; readonly person: string; readonly uses: readonly string[]; readonly policies: readonly string[] };

const standOf = `'state', p.state, 'version', p.version, 'answeredAt', p.answered_at, 'index', p.entry_index`;

const permissionOf = `${standOf}, 'declined', p.declined, 'expiresAt', p.expires_at, 'once', p.once, 'spent', p.used_at IS NOT NULL, 'imported', p.imported_from IS NOT NULL`;

/**
 * What the answers of several people are held against, in one statement, to be sent while the ledger's lock is held. $1 a moment or null, $2 names of requests, $3 people, $4 and $5 who and about which use, $6 and $7 who and
 * about which policy.
 */
export const readAnswerFacts = `
  SELECT date_trunc('milliseconds', COALESCE($1::timestamptz, clock_timestamp())) AS now,
         (SELECT json_agg(json_build_object('name', r.request_id, 'index', r.index, 'digest', encode(r.request_digest, 'hex')) ORDER BY r.index)
            FROM ledger_entry r WHERE r.request_id = ANY ($2::text[])) AS before,
         (SELECT json_agg(json_build_object('id', p.id, 'commitment', encode(p.commitment, 'hex')))
            FROM person p WHERE p.id = ANY ($3::uuid[]) AND p.forgotten_at IS NULL) AS people,
         (SELECT json_agg(json_build_object('id', u.id, 'key', u.key, 'version', l.number, 'basis', l.legal_basis, 'wording', w.number))
            FROM data_use u
            JOIN LATERAL (${liveVersionOfUse}) l ON true
            LEFT JOIN LATERAL (SELECT v.number FROM prompt r JOIN prompt_version v ON v.prompt_id = r.id
               WHERE r.use_id = u.id AND v.published_at IS NOT NULL ORDER BY v.number DESC LIMIT 1) w ON true
           WHERE u.id = ANY ($5::uuid[])) AS uses,
         (SELECT json_agg(json_build_object('person', p.person_id, 'about', p.use_id, ${permissionOf}))
            FROM unnest($4::uuid[], $5::uuid[]) w (person, about) JOIN permission p ON p.person_id = w.person AND p.use_id = w.about) AS permissions,
         (SELECT json_agg(json_build_object('id', y.id, 'key', y.key, 'asks', y.asks, 'version', v.number))
            FROM policy y JOIN LATERAL (${versionInForceOfPolicy}) v ON true
           WHERE y.id = ANY ($7::uuid[])) AS policies,
         (SELECT json_agg(json_build_object('person', p.person_id, 'about', p.policy_id, ${standOf}))
            FROM unnest($6::uuid[], $7::uuid[]) w (person, about) JOIN acceptance p ON p.person_id = w.person AND p.policy_id = w.about) AS acceptances`;

/** The values for `readAnswerFacts`. */
export function askedOf(asked: readonly Asked[], moment: Date | null): unknown[] {
  const pairs = (kind: "uses" | "policies") => {
    const all = asked.flatMap((one) => one[kind].map((id) => [one.person, id] as const));
    return [all.map(([person]) => person), all.map(([, id]) => id)];
  };
  return [moment, asked.map(({ name }) => name), asked.map(({ person }) => person), ...pairs("uses"), ...pairs("policies")];
}

const nothing: ReadonlyMap<string, never> = new Map<string, never>();
const stranger: PersonFacts = { known: false, identity: null, permissions: nothing, acceptances: nothing };

export function answerFactsOf(row: AnswerFactsRow): AnswerFacts {
  const permissions = byPerson(row.permissions ?? [], (one): PermissionStand => ({ ...standIn(one), expiresAt: one.expiresAt === null ? null : new Date(one.expiresAt) }));
  const acceptances = byPerson(row.acceptances ?? [], (one): Stand<AcceptanceState> => standIn(one));
  const known = new Map((row.people ?? []).map(({ id, commitment }) => [id, commitment]));
  return {
    now: row.now,
    uses: new Map((row.uses ?? []).map((use) => [use.id, use])),
    policies: new Map((row.policies ?? []).map((policy) => [policy.id, policy])),
    personOf(id) {
      const identity = known.get(id);
      if (identity === undefined) return stranger;
      return { known: true, identity, permissions: permissions.get(id) ?? nothing, acceptances: acceptances.get(id) ?? nothing };
    },
  };
}

const standIn = <R extends { readonly answeredAt: string }>(row: R) => ({ ...row, answeredAt: new Date(row.answeredAt) });

function byPerson<R extends { readonly person: string; readonly about: string }, S>(rows: readonly R[], standOf: (row: R) => S): Map<string, Map<string, S>> {
  const found = new Map<string, Map<string, S>>();
  for (const row of rows) found.set(row.person, (found.get(row.person) ?? new Map<string, S>()).set(row.about, standOf(row)));
  return found;
}
