import { z } from "zod";
import type { ProgramActor } from "@/lib/domain/actor";
import { answerOfStranger, permissionStates } from "@/lib/domain/decision";
import { strangersMayObject } from "@/lib/domain/legal-basis";
import { legalBases } from "@/lib/domain/terms";
import { lookupPool } from "@/lib/data/client";
import { toHex } from "@/lib/data/digest";
import { Gather } from "@/lib/data/gather";
import { leftAloneHash } from "@/lib/data/persons";
import { apiKeyDigest, noteKeyUse, programOf } from "@/lib/data/program-keys";
import { keyedHash } from "@/lib/data/seal";
import { heardSignal, signalHeard } from "@/lib/data/signals";
import type { HeardSignal } from "@/lib/domain/signal";

export type DecisionQuestion = {
  readonly person: string;
  readonly use: string;
  readonly version: number | null;
  /** The API key of who asks, to be looked up in the same statement; null where that is known already. */
  readonly apiKey: string | null;
};

/** The rows that one decision rests on; `requested` is null where the use has no such published version. */
export type DecisionRow = {
  /** The holder of the API key; null when it is unknown, revoked or was not given. */
  readonly program: ProgramActor | null;
  readonly known: boolean;
  /** Whether the person is known here. Of somebody forgotten who is to be left alone, `state` says `objected` all the same. */
  readonly met: boolean;
  readonly requested: number | null;
  readonly basis: (typeof legalBases)[number] | null;
  readonly live: number | null;
  readonly liveBasis: (typeof legalBases)[number] | null;
  readonly state: (typeof permissionStates)[number] | null;
  readonly answered: number | null;
  readonly answeredAt: Date | null;
  readonly expiresAt: Date | null;
  readonly entryIndex: number | null;
  readonly carries: boolean;
  /** What few answers have; null for all others. */
  readonly bounds: DecisionBounds | null;
  /** What their browser has said to it; null for nothing, and where their answer is no anyway. */
  readonly signal: HeardSignal | null;
  readonly now: Date;
};

export type DecisionBounds = {
  /** A newer version that was refused while the answered one was kept, and whether that no reaches the requested one. */
  readonly declined: number | null;
  readonly declinedCarries: boolean;
  /** Good for one decision; `spent`: it was made. */
  readonly once: boolean;
  readonly spent: boolean;
  /** Brought in from elsewhere. */
  readonly imported: boolean;
  readonly person: string;
};

const row = z.object({
  program: programOf,
  known: z.boolean(),
  met: z.boolean(),
  requested: z.int().nullable(),
  basis: z.enum(legalBases).nullable(),
  live: z.int().nullable(),
  liveBasis: z.enum(legalBases).nullable(),
  state: z.enum(permissionStates).nullable(),
  answered: z.int().nullable(),
  answeredAt: z.date().nullable(),
  expiresAt: z.date().nullable(),
  entryIndex: z.coerce.number().nullable(),
  carries: z.boolean(),
  bounds: z
    .object({ declined: z.int().nullable(), declinedCarries: z.boolean(), once: z.boolean(), spent: z.boolean(), imported: z.boolean(), person: z.string() })
    .nullable(),
  signal: signalHeard,
  now: z.date(),
});

/** One statement for any number of decisions: index reads only, in the order asked. */
const statement = {
  name: "decisions",
  text: `
    SELECT CASE WHEN k.id IS NOT NULL THEN jsonb_build_object('id', k.id, 'scopes', k.scopes) END AS program,
           u.id IS NOT NULL AS known, s.id IS NOT NULL AS met, v.number AS requested, v.legal_basis AS basis, live.number AS live, live.legal_basis AS "liveBasis",
           p.state, p.version AS answered, p.answered_at AS "answeredAt", p.expires_at AS "expiresAt",
           p.entry_index AS "entryIndex", COALESCE(c.carries, p.version = v.number, false) AS carries, clock_timestamp() AS now,
           CASE WHEN p.once OR p.declined IS NOT NULL OR p.imported_from IS NOT NULL THEN jsonb_build_object('declined', p.declined, 'once', p.once,
             'spent', p.used_at IS NOT NULL, 'imported', p.imported_from IS NOT NULL, 'person', p.person_id,
             'declinedCarries', COALESCE((SELECT d.carries FROM version_coverage d WHERE d.use_id = u.id AND d.answered = p.declined AND d.requested = v.number), p.declined = v.number, false)) END AS bounds,
           ${heardSignal("v", "live")} AS signal
      FROM unnest($1::text[], $2::int[], $3::bytea[], $4::bytea[]) WITH ORDINALITY AS asked (use, version, ref, api_key, place)
      LEFT JOIN api_key k ON k.digest = asked.api_key AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > clock_timestamp())
      LEFT JOIN data_use u ON u.key = asked.use
      LEFT JOIN LATERAL (
        SELECT number, legal_basis, gpc_concern FROM data_use_version l WHERE l.use_id = u.id AND l.published_at IS NOT NULL ORDER BY number DESC LIMIT 1
      ) live ON true
      LEFT JOIN data_use_version v
        ON v.use_id = u.id AND v.number = COALESCE(asked.version, live.number) AND v.published_at IS NOT NULL
      LEFT JOIN person s ON s.ref_hash = asked.ref
      LEFT JOIN permission p ON p.person_id = s.id AND p.use_id = u.id
      LEFT JOIN version_coverage c ON c.use_id = u.id AND c.answered = p.version AND c.requested = v.number
     ORDER BY asked.place`,
};

/** The facts for each question, in order. */
export async function readDecisions(questions: readonly DecisionQuestion[]): Promise<DecisionRow[]> {
  const { rows } = await lookupPool().query<Record<string, unknown>>({
    ...statement,
    values: [
      questions.map((question) => question.use),
      questions.map((question) => question.version),
      questions.map((question) => keyedHash("ref", question.person)),
      questions.map((question) => question.apiKey && apiKeyDigest(question.apiKey)),
    ],
  });
  const found = rows.map((one) => row.parse(one));
  // Only for strangers, and only where a use needs no yes, does it matter whether they asked to be left alone.
  const matters = (one: DecisionRow) => !one.met && one.basis !== null && strangersMayObject(one.basis);
  const strangers = questions.filter((_, i) => matters(found[i]!)).map(({ person }) => person);
  if (strangers.length === 0) return found;
  const suppressed = await suppressedRefs(strangers);
  return found.map((one, i) => {
    if (!matters(one) || one.requested === null || one.basis === null) return one;
    const stands = answerOfStranger({ version: one.requested, basis: one.basis }, suppressed.has(questions[i]!.person));
    return stands ? { ...one, state: stands.state } : one;
  });
}

/** Those of these refs whose owners were forgotten and are to be left alone. */
export async function suppressedRefs(refs: readonly string[]): Promise<Set<string>> {
  if (refs.length === 0) return new Set();
  const hashes = refs.map((ref) => leftAloneHash("ref", ref));
  const { rows } = await lookupPool().query<{ hash: Uint8Array }>({ name: "suppressed", text: "SELECT hash FROM suppression WHERE hash = ANY ($1::bytea[])", values: [hashes] });
  const found = new Set(rows.map(({ hash }) => toHex(hash)));
  return new Set(refs.filter((_, i) => found.has(toHex(hashes[i]!))));
}

const gather = new Gather<DecisionQuestion, DecisionRow>(readDecisions, { atOnce: 2, most: 200 });

/** The facts for one decision, read together with those of whoever else asks at this moment. */
export async function readDecision(question: DecisionQuestion): Promise<DecisionRow> {
  const facts = await gather.ask(question);
  if (facts.program) noteKeyUse(facts.program.keyId);
  return facts;
}
