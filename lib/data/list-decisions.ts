import { z } from "zod";
import { lookupPool, type Tx } from "@/lib/data/client";
import { suppressedRefs } from "@/lib/data/decisions";
import { keyedHashes } from "@/lib/data/keyed-hashes";
import { heardSignal } from "@/lib/data/signals";
import { permissionStates, type PermissionState } from "@/lib/domain/decision";
import { strangersMayObject } from "@/lib/domain/legal-basis";
import { gpcConcernsOf, type GpcConcern } from "@/lib/domain/signal";
import { legalBases, type LegalBasis } from "@/lib/domain/terms";

/** What a batch of one list's decisions rests on. */
export type ListFacts = {
  readonly known: boolean;
  readonly requested: number | null;
  readonly basis: LegalBasis | null;
  readonly live: number | null;
  readonly liveBasis: LegalBasis | null;
  /** What Global Privacy Control has against the requested version and the live one. */
  readonly concern: GpcConcern | null;
  readonly liveConcern: GpcConcern | null;
  /** Whether an answer to a version reaches the requested one, by version. */
  readonly carries: Readonly<Record<string, boolean>>;
  readonly now: Date;
  /** Where each person stands, in order: alike ones are written alike, so that each way to stand is judged once. */
  readonly stands: readonly string[];
};

export type ListStand = {
  /** Null for people who never answered. */
  readonly answer: ListAnswer | null;
  /** Whether their browser's signal was heard and might forbid it; `told`: their answer was given knowing of it. */
  readonly signal: "heard" | "told" | null;
};

export type ListAnswer = {
  readonly state: PermissionState;
  readonly version: number | null;
  /** Its time is over, or the one decision that it was good for has been made. */
  readonly ended: boolean;
  /** Good for one decision, which has not been made. */
  readonly once: boolean;
  /** A newer version that was refused while this grant was kept. */
  readonly declined: number | null;
};

const facts = z.object({
  known: z.boolean(),
  requested: z.int().nullable(),
  basis: z.enum(legalBases).nullable(),
  live: z.int().nullable(),
  liveBasis: z.enum(legalBases).nullable(),
  concern: z.enum(gpcConcernsOf).nullable(),
  liveConcern: z.enum(gpcConcernsOf).nullable(),
  carries: z.record(z.string(), z.boolean()).nullable(),
  now: z.date(),
  stands: z.string().nullable(),
});

/** Nobody has met them. */
const stranger = "?";
/** Forgotten, and to be left alone. */
const leftAlone = "objected.";

/**
 * One statement for a batch: the use and version once, and each person through two index reads. Hashes go in as one
 * string of 32 bytes each, and where people stand comes back as one text: a row each way would cost more than the reads.
 */
const statement = {
  name: "list-decisions",
  text: `
    SELECT u.id IS NOT NULL AS known, v.number AS requested, v.legal_basis AS basis, live.number AS live, live.legal_basis AS "liveBasis",
           NULLIF(v.gpc_concern, 'none') AS concern, NULLIF(live.gpc_concern, 'none') AS "liveConcern",
           (SELECT jsonb_object_agg(c.answered::text, c.carries) FROM version_coverage c WHERE c.use_id = u.id AND c.requested = v.number) AS carries,
           one.now,
           (SELECT string_agg(CASE WHEN s.id IS NULL THEN '${stranger}' WHEN p.state IS NULL THEN ''
                                   ELSE p.state || '.' || p.version || CASE WHEN p.expires_at <= one.now OR p.used_at IS NOT NULL THEN '.ended' ELSE '.' END
                                        || CASE WHEN p.once THEN '.once' ELSE '.' END || COALESCE('.' || p.declined, '') END
                              || COALESCE('!' || (${heardSignal("v", "live")} ->> 'told'), ''), ',' ORDER BY i)
              FROM generate_series(0, $4::int - 1) i
              LEFT JOIN person s ON s.ref_hash = substr($3::bytea, i * 32 + 1, 32)
              LEFT JOIN permission p ON p.person_id = s.id AND p.use_id = u.id) AS stands
      FROM (SELECT clock_timestamp() AS now) one
      LEFT JOIN data_use u ON u.key = $1
      LEFT JOIN LATERAL (
        SELECT number, legal_basis, gpc_concern FROM data_use_version l WHERE l.use_id = u.id AND l.published_at IS NOT NULL ORDER BY number DESC LIMIT 1
      ) live ON true
      LEFT JOIN data_use_version v ON v.use_id = u.id AND v.number = COALESCE($2::int, live.number) AND v.published_at IS NOT NULL`,
};

/** The facts for one batch of refs, in order. @param refs null for nobody */
export async function readListDecisions(use: string, version: number | null, refs: readonly (string | null)[]): Promise<ListFacts> {
  const hashes = keyedHashes("ref", refs);
  const { rows } = await lookupPool().query<Record<string, unknown>>({ ...statement, values: [use, version, hashes, refs.length] });
  const { stands, carries, ...rest } = facts.parse(rows[0]);
  const found = { ...rest, carries: carries ?? {}, stands: refs.length === 0 ? [] : (stands ?? "").split(",") };
  // Only for strangers, and only where a use needs no yes, does it matter whether they asked to be left alone.
  return found.basis !== null && strangersMayObject(found.basis) ? { ...found, stands: await leaveAlone(refs, found.stands) } : found;
}

async function leaveAlone(refs: readonly (string | null)[], stands: readonly string[]): Promise<string[]> {
  const isStranger = (ref: string | null, i: number): ref is string => ref !== null && stands[i] === stranger;
  const found = await suppressedRefs(refs.filter(isStranger));
  return stands.map((stand, i) => (isStranger(refs[i] ?? null, i) && found.has(refs[i]!) ? leftAlone : stand));
}

/** Reads a way to stand. */
export function standOf(written: string): ListStand {
  const [answer = "", told] = written.split("!");
  return { answer: answerOf(answer), signal: told === undefined ? null : told === "true" ? "told" : "heard" };
}

function answerOf(written: string): ListAnswer | null {
  if (written === "" || written === stranger) return null;
  const [state, version = "", ended, once, declined] = written.split(".");
  return {
    state: z.enum(permissionStates).parse(state),
    version: version === "" ? null : Number(version),
    ended: ended === "ended",
    once: once === "once" && ended !== "ended",
    declined: declined === undefined ? null : Number(declined),
  };
}

/** The data uses that are in force, by name. */
export async function selectPublishedUses(db: Tx): Promise<{ key: string; name: string }[]> {
  return db.dataUse.findMany({ where: { versions: { some: { publishedAt: { not: null } } } }, orderBy: [{ name: "asc" }, { key: "asc" }], select: { key: true, name: true } });
}
