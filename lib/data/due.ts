import { z } from "zod";
import type { ProgramActor } from "@/lib/domain/actor";
import type { DueReason } from "@/lib/domain/decision";
import type { PolicyDueReason } from "@/lib/domain/policy";
import { lookupPool } from "@/lib/data/client";
import { suppressedRefs } from "@/lib/data/decisions";
import { Gather } from "@/lib/data/gather";
import { versionInForceOfPolicy } from "@/lib/data/in-force";
import { apiKeyDigest, noteKeyUse, programOf } from "@/lib/data/program-keys";
import { keyedHash } from "@/lib/data/seal";

export type DueAsked = {
  /** What the host calls the person, or (in a browser) the person's own id. */
  readonly who: { readonly ref: string } | { readonly id: string };
  /** Of policies: for whom they are, besides everybody. */
  readonly audience: string;
  /** The API key of who asks, to be looked up in the same statement; null where that is known already. */
  readonly apiKey: string | null;
};

export const dueStands = ["none", "agreed", "keepable"] as const;
export type DueStand = (typeof dueStands)[number];

/** Something that is due for one person now. */
export type DueItem = {
  readonly kind: "permission" | "policy";
  readonly id: string;
  readonly key: string;
  /** The live version, and the one this person last answered. */
  readonly version: number;
  readonly answered: number | null;
  readonly reason: DueReason | PolicyDueReason;
  /** What the last answer leaves: changes are told against what was `agreed` to, and what is `keepable` may be kept. */
  readonly stand: DueStand;
  /** Of a data use: the version of its prompt. Of a policy: what it asks. Both name the words that are shown. */
  readonly words: string;
  /** In how many visits before this one a host has asked about this version without an answer since. */
  readonly visits: number;
};

export type DueRow = {
  readonly program: ProgramActor | null;
  /** Null for somebody nobody has met. */
  readonly person: string | null;
  readonly locale: string | null;
  /** Whether their browser has said not to sell, share or target. */
  readonly signalled: boolean;
  /** Not met, and asked to be left alone: nothing is due. */
  readonly leftAlone: boolean;
  readonly items: readonly DueItem[];
  readonly budget: { readonly perVisit: number; readonly perMonth: number | null; readonly asked: number };
  readonly defaultLocale: string;
  readonly now: Date;
};

const item = z.tuple([z.enum(["permission", "policy"]), z.string(), z.string(), z.int(), z.int().nullable(), z.enum(["never-asked", "use-changed", "expired", "new-version"]), z.enum(dueStands), z.string(), z.int()]);
const row = z.object({
  program: programOf,
  person: z.string().nullable(),
  locale: z.string().nullable(),
  signalled: z.boolean(),
  uses: z.array(item).nullable(),
  policies: z.array(item).nullable(),
  perVisit: z.int(),
  perMonth: z.int().nullable(),
  asked: z.int(),
  defaultLocale: z.string(),
  now: z.date(),
});

/** Visits before this one; see `serve_questions`. */
const earlier = "h.visits - (h.counted_at > clock_timestamp() - interval '30 minutes')::int";

const reaches = (answered: string) => `COALESCE((SELECT c.carries FROM version_coverage c WHERE c.use_id = u.id AND c.answered = ${answered} AND c.requested = u.number), false)`;
/** The answer `p` does not reach the live version `u`; most answers are to the live one, and need no look at the others. */
const changed = `(p.version <> u.number AND NOT ${reaches("p.version")})`;
/** The no of somebody who kept an earlier yes reaches it. */
const declined = `(p.declined IS NOT NULL AND (p.declined = u.number OR ${reaches("p.declined")}))`;
const ended = "(p.state = 'granted' AND (p.used_at IS NOT NULL OR COALESCE(p.expires_at <= clock_timestamp(), false)))";

/**
 * The rules of `isDue` (lib/domain/decision) and `isPolicyDue` (lib/domain/policy) as SQL, so that only what is due leaves
 * the database; a test holds the two against each other. One statement for any number of people: what is published is
 * looked up once, and of each person only their own answers, by index.
 */
const statement = {
  name: "due",
  text: `
    WITH uses AS MATERIALIZED (
      SELECT u.id, u.key, l.number, w.number AS wording
        FROM data_use u
        JOIN LATERAL (SELECT v.number, v.legal_basis FROM data_use_version v
               WHERE v.use_id = u.id AND v.published_at IS NOT NULL ORDER BY v.number DESC LIMIT 1) l ON l.legal_basis = 'consent'
        JOIN prompt r ON r.use_id = u.id
        JOIN LATERAL (SELECT v.number FROM prompt_version v
               WHERE v.prompt_id = r.id AND v.published_at IS NOT NULL ORDER BY v.number DESC LIMIT 1) w ON true),
    policies AS MATERIALIZED (
      SELECT y.id, y.key, y.asks, y.audience, v.number, v.asked_since
        FROM policy y JOIN LATERAL (${versionInForceOfPolicy}) v ON true WHERE y.asks <> 'nothing')
    SELECT CASE WHEN k.id IS NOT NULL THEN jsonb_build_object('id', k.id, 'scopes', k.scopes) END AS program,
           s.id AS person, s.locale, EXISTS (SELECT 1 FROM person_signal g WHERE g.person_id = s.id AND g.kind = 'gpc') AS signalled, o.questions_per_visit AS "perVisit", o.questions_per_month AS "perMonth", o.default_locale AS "defaultLocale",
           COALESCE((SELECT b.asked FROM question_budget b WHERE b.person_id = s.id
             AND b.month = date_trunc('month', clock_timestamp() AT TIME ZONE 'UTC')::date), 0) AS asked,
           (SELECT json_agg(json_build_array('permission', u.id, u.key, u.number, p.version,
                     CASE WHEN p.version IS NULL THEN 'never-asked' WHEN ${changed} THEN 'use-changed' ELSE 'expired' END,
                     CASE WHEN p.state IS DISTINCT FROM 'granted' THEN 'none' WHEN p.imported_from IS NULL AND NOT ${ended} AND ${changed} THEN 'keepable' ELSE 'agreed' END,
                     u.wording::text,
                     CASE WHEN h.version = u.number AND (p.answered_at IS NULL OR p.answered_at < h.counted_at) THEN ${earlier} ELSE 0 END) ORDER BY u.key)
              FROM uses u
              LEFT JOIN permission p ON p.person_id = s.id AND p.use_id = u.id
              LEFT JOIN asking h ON h.person_id = s.id AND h.about = u.id
             WHERE p.version IS NULL OR CASE WHEN ${changed} THEN NOT ${declined} ELSE ${ended} END) AS uses,
           (SELECT json_agg(json_build_array('policy', y.id, y.key, y.number, a.version, CASE WHEN a.version IS NULL THEN 'never-asked' ELSE 'new-version' END,
                     'none', y.asks, CASE WHEN h.version = y.number AND (a.answered_at IS NULL OR a.answered_at < h.counted_at) THEN ${earlier} ELSE 0 END) ORDER BY y.key)
              FROM policies y
              LEFT JOIN acceptance a ON a.person_id = s.id AND a.policy_id = y.id
              LEFT JOIN asking h ON h.person_id = s.id AND h.about = y.id
             WHERE y.audience IN (asked.audience, 'everybody') AND (a.version IS NULL OR a.version < y.asked_since)) AS policies,
           clock_timestamp() AS now
      FROM unnest($1::bytea[], $2::uuid[], $3::text[], $4::bytea[]) WITH ORDINALITY AS asked (ref, id, audience, api_key, place)
      JOIN organisation o ON o.id = 1
      LEFT JOIN api_key k ON k.digest = asked.api_key AND k.kind = 'server' AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > clock_timestamp())
      LEFT JOIN LATERAL (
        SELECT q.id, q.locale FROM person q WHERE q.ref_hash = asked.ref
         UNION ALL SELECT q.id, q.locale FROM person q WHERE q.id = asked.id AND q.forgotten_at IS NULL) s ON true
     ORDER BY asked.place`,
};

/** What is due for each of them now, in the order asked. */
export async function readDue(asked: readonly DueAsked[]): Promise<DueRow[]> {
  const { rows } = await lookupPool().query<Record<string, unknown>>({
    ...statement,
    values: [
      asked.map(({ who }) => ("ref" in who ? keyedHash("ref", who.ref) : null)),
      asked.map(({ who }) => ("id" in who ? who.id : null)),
      asked.map(({ audience }) => audience),
      asked.map(({ apiKey }) => apiKey && apiKeyDigest(apiKey)),
    ],
  });
  const found = rows.map((one) => row.parse(one));
  const alone = await suppressedRefs(asked.flatMap(({ who }, i) => ("ref" in who && found[i]!.person === null ? [who.ref] : [])));
  return found.map(({ uses, policies, perVisit, perMonth, asked: spent, ...one }, i) => {
    const { who } = asked[i]!;
    const none = one.person === null && ("id" in who || alone.has(who.ref));
    return { ...one, leftAlone: none, budget: { perVisit, perMonth, asked: spent }, items: none ? [] : [...(uses ?? []), ...(policies ?? [])].map(itemOf) };
  });
}

function itemOf([kind, id, key, version, answered, reason, stand, words, visits]: z.infer<typeof item>): DueItem {
  return { kind, id, key, version, answered, reason, stand, words, visits };
}

const gather = new Gather<DueAsked, DueRow>(readDue, { atOnce: 2, most: 100 });

/** What is due for one person, read together with whoever else is asked about at this moment; never from a cache. */
export async function readDueOf(asked: DueAsked): Promise<DueRow> {
  const found = await gather.ask(asked);
  if (found.program) noteKeyUse(found.program.keyId);
  return found;
}

/** Those of these keys that name a published data use. */
export async function publishedUses(keys: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await lookupPool().query<{ key: string }>({
    name: "published-uses",
    text: `SELECT u.key FROM data_use u WHERE u.key = ANY ($1::text[])
              AND EXISTS (SELECT 1 FROM data_use_version v WHERE v.use_id = u.id AND v.published_at IS NOT NULL)`,
    values: [keys],
  });
  return new Set(rows.map(({ key }) => key));
}
