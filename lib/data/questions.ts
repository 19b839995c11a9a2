import { Prisma } from "@/lib/data/prisma-client/client";
import type { Tx } from "@/lib/data/client";
import { customersAudiences, liveVersionOfUse, versionInForceOfPolicy } from "@/lib/data/in-force";
import { heardSignal } from "@/lib/data/signals";
import type { PermissionState } from "@/lib/domain/decision";
import type { AcceptanceState } from "@/lib/domain/entry";
import type { HeardSignal } from "@/lib/domain/signal";
import type { LegalBasis } from "@/lib/domain/terms";

/** Who is asked, by whom, and when it is. */
export type Asked = {
  readonly locale: string;
  readonly forgotten: boolean;
  readonly organisation: string;
  readonly contactEmail: string | null;
  readonly defaultLocale: string;
  /** Names of categories and purposes by key. */
  readonly names: Readonly<Record<string, string>>;
  /** Whether their browser has said not to sell, share or target (Global Privacy Control). */
  readonly signalled: boolean;
  readonly now: Date;
};

export type Wording = {
  readonly locale: string;
  readonly title: string;
  readonly question: string;
  readonly benefit: string;
  readonly ifNo: string;
  readonly yesLabel: string;
  readonly noLabel: string;
};

/** A live data use, its question, and where one person stands with it. Terms are as stored, to be parsed. */
export type UseStanding = {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly version: number;
  readonly basis: LegalBasis;
  readonly terms: unknown;
  readonly state: PermissionState | null;
  readonly answered: number | null;
  readonly answeredAt: Date | null;
  readonly expiresAt: Date | null;
  readonly channel: string | null;
  readonly entryIndex: bigint | null;
  readonly answeredTerms: unknown;
  readonly answeredBasis: LegalBasis | null;
  readonly carries: boolean;
  /** A newer version that was refused while the answered one was kept, and whether that reaches the live one. */
  readonly declined: number | null;
  readonly declinedCarries: boolean;
  readonly once: boolean;
  readonly usedAt: Date | null;
  readonly importedFrom: string | null;
  readonly importedAt: Date | null;
  /** What their browser has said to the version they answered (`requested`) and the live one; null for nothing, and where their answer is no anyway. */
  readonly signal: HeardSignal | null;
  /** Number of the published prompt's version; null where nobody can be asked yet. */
  readonly wording: number | null;
  readonly texts: readonly Wording[] | null;
};

/** A policy in force, and where one person stands with it. */
export type PolicyStandingRow = {
  readonly id: string;
  readonly key: string;
  readonly title: string;
  readonly asks: "accept" | "acknowledge" | "nothing";
  readonly version: number;
  readonly askedSince: number;
  readonly inForceFrom: Date;
  readonly state: AcceptanceState | null;
  readonly answered: number | null;
  readonly answeredAt: Date | null;
  readonly channel: string | null;
  readonly entryIndex: bigint | null;
  readonly texts: readonly { readonly locale: string; readonly title: string; readonly digest: string }[];
  /** What was said about each version that asks again since the answered one, newest first; at most twelve. */
  readonly notes: readonly { readonly number: number; readonly note: string; readonly inForceFrom: string }[];
};

const liveVersion = Prisma.raw(liveVersionOfUse);
const heard = Prisma.raw(heardSignal("a", "l"));
const versionInForce = Prisma.raw(versionInForceOfPolicy);
const forCustomers = Prisma.raw(`y.audience IN ${customersAudiences}`);

/** Null when there is no such person. */
export async function readAsked(db: Tx, personId: string): Promise<Asked | null> {
  const [row] = await db.$queryRaw<Asked[]>`
    SELECT p.locale, p.forgotten_at IS NOT NULL AS forgotten, o.name AS organisation, o.contact_email AS "contactEmail",
           o.default_locale AS "defaultLocale", clock_timestamp() AS now,
           EXISTS (SELECT 1 FROM person_signal g WHERE g.person_id = p.id AND g.kind = 'gpc') AS signalled,
           (SELECT jsonb_object_agg(t.key, t.name) FROM taxonomy_term t WHERE t.kind IN ('category', 'purpose')) AS names
      FROM person p CROSS JOIN organisation o WHERE p.id = ${personId}::uuid`;
  return row ? { ...row, names: row.names ?? {} } : null;
}

/** Every live use (or the one with this id) with the person's own answer beside it. One statement, whoever many people there are. */
export async function readUseStandings(db: Tx, personId: string, useIds: readonly string[] | null = null): Promise<UseStanding[]> {
  return db.$queryRaw<UseStanding[]>`
    SELECT u.id, u.key, u.name, l.number AS version, l.legal_basis AS basis, l.terms,
           p.state, p.version AS answered, p.answered_at AS "answeredAt", p.expires_at AS "expiresAt", p.channel,
           p.entry_index AS "entryIndex", a.terms AS "answeredTerms", a.legal_basis AS "answeredBasis",
           COALESCE(c.carries, p.version = l.number, false) AS carries, w.number AS wording, w.texts,
           p.declined, COALESCE(d.carries, p.declined = l.number, false) AS "declinedCarries", COALESCE(p.once, false) AS once, p.used_at AS "usedAt",
           p.imported_from AS "importedFrom", p.imported_at AS "importedAt",
           ${heard} AS signal
      FROM data_use u
      JOIN LATERAL (${liveVersion}) l ON true
     CROSS JOIN (SELECT ${personId}::uuid AS id) s
      LEFT JOIN permission p ON p.person_id = s.id AND p.use_id = u.id
      LEFT JOIN data_use_version a ON a.use_id = u.id AND a.number = p.version
      LEFT JOIN version_coverage c ON c.use_id = u.id AND c.answered = p.version AND c.requested = l.number
      LEFT JOIN version_coverage d ON d.use_id = u.id AND d.answered = p.declined AND d.requested = l.number
      LEFT JOIN LATERAL (
        SELECT v.number, (SELECT jsonb_agg(jsonb_build_object('locale', t.locale, 'title', t.title, 'question', t.question,
                 'benefit', t.benefit, 'ifNo', t.if_no, 'yesLabel', t.yes_label, 'noLabel', t.no_label) ORDER BY t.locale)
                 FROM prompt_text t WHERE t.version_id = v.id) AS texts
          FROM prompt r JOIN prompt_version v ON v.prompt_id = r.id
         WHERE r.use_id = u.id AND v.published_at IS NOT NULL ORDER BY v.number DESC LIMIT 1) w ON true
     ${useIds === null ? Prisma.empty : Prisma.sql`WHERE u.id = ANY(${[...useIds]}::uuid[])`}
     ORDER BY u.name, u.key`;
}

/**
 * Every policy in force for this audience or everybody (null: for whomever), or those of them with these ids, with the
 * person's own answer beside it.
 */
export async function readPolicyStandings(db: Tx, personId: string, policyIds: readonly string[] | null = null, audience: string | null = "customers"): Promise<PolicyStandingRow[]> {
  return db.$queryRaw<PolicyStandingRow[]>`
    SELECT y.id, y.key, y.title, y.asks, v.number AS version, v.asked_since AS "askedSince", v.in_force_from AS "inForceFrom",
           a.state, a.version AS answered, a.answered_at AS "answeredAt", a.channel, a.entry_index AS "entryIndex",
           (SELECT jsonb_agg(jsonb_build_object('locale', t.locale, 'title', t.title, 'digest', encode(t.digest, 'hex')) ORDER BY t.locale)
              FROM policy_text t WHERE t.version_id = v.id) AS texts,
           COALESCE((SELECT jsonb_agg(jsonb_build_object('number', n.number, 'note', n.change_note, 'inForceFrom', n.in_force_from) ORDER BY n.number DESC)
              FROM (SELECT number, change_note, in_force_from FROM policy_version s
                     WHERE s.policy_id = y.id AND s.published_at IS NOT NULL AND s.cancelled_at IS NULL AND NOT s.editorial
                       AND s.number > a.version AND s.number <= v.number ORDER BY number DESC LIMIT 12) n), '[]'::jsonb) AS notes
      FROM policy y
      JOIN LATERAL (${versionInForce}) v ON true
      LEFT JOIN acceptance a ON a.person_id = ${personId}::uuid AND a.policy_id = y.id
     WHERE ${audience === null ? Prisma.sql`true` : Prisma.sql`y.audience IN (${audience}, 'everybody')`}
       ${policyIds === null ? Prisma.empty : Prisma.sql`AND y.id = ANY(${[...policyIds]}::uuid[])`}
     ORDER BY y.title, y.key`;
}

/** What due-ness rests on, for several people at once and without any text. */
export type DueFacts = {
  readonly now: Date;
  readonly uses: readonly {
    readonly person: string;
    readonly basis: LegalBasis;
    readonly state: PermissionState | null;
    readonly answered: number | null;
    readonly expiresAt: Date | null;
    readonly carries: boolean;
    readonly declined: number | null;
    readonly declinedCarries: boolean;
    readonly usedAt: Date | null;
  }[];
  readonly policies: readonly { readonly person: string; readonly version: number; readonly askedSince: number; readonly answered: number | null }[];
};

/** For the list of people and the count in a frame: two statements, however many people are on the page. */
export async function readDueFacts(db: Tx, personIds: readonly string[]): Promise<DueFacts> {
  if (personIds.length === 0) return { now: new Date(0), uses: [], policies: [] };
  const ids = [...personIds];
  const uses = await db.$queryRaw<(DueFacts["uses"][number] & { now: Date })[]>`
    SELECT s.id AS person, l.legal_basis AS basis, p.state, p.version AS answered, p.expires_at AS "expiresAt",
           COALESCE(c.carries, p.version = l.number, false) AS carries, clock_timestamp() AS now,
           p.declined, COALESCE(d.carries, p.declined = l.number, false) AS "declinedCarries", p.used_at AS "usedAt"
      FROM unnest(${ids}::uuid[]) s (id)
     CROSS JOIN data_use u
      JOIN LATERAL (${liveVersion}) l ON true
      LEFT JOIN permission p ON p.person_id = s.id AND p.use_id = u.id
      LEFT JOIN version_coverage c ON c.use_id = u.id AND c.answered = p.version AND c.requested = l.number
      LEFT JOIN version_coverage d ON d.use_id = u.id AND d.answered = p.declined AND d.requested = l.number
     WHERE l.legal_basis = 'consent' AND EXISTS (
       SELECT 1 FROM prompt r JOIN prompt_version w ON w.prompt_id = r.id WHERE r.use_id = u.id AND w.published_at IS NOT NULL)`;
  const policies = await db.$queryRaw<DueFacts["policies"][number][]>`
    SELECT s.id AS person, v.number AS version, v.asked_since AS "askedSince", a.version AS answered
      FROM unnest(${ids}::uuid[]) s (id)
     CROSS JOIN policy y
      JOIN LATERAL (${versionInForce}) v ON true
      LEFT JOIN acceptance a ON a.person_id = s.id AND a.policy_id = y.id
     WHERE y.asks <> 'nothing' AND ${forCustomers}`;
  return { now: uses[0]?.now ?? new Date(0), uses, policies };
}
