import { z } from "zod";
import type { ProgramActor } from "@/lib/domain/actor";
import { permissionStates } from "@/lib/domain/decision";
import { acceptanceStates } from "@/lib/domain/entry";
import { legalBases } from "@/lib/domain/terms";
import { lookupPool } from "@/lib/data/client";
import { Gather } from "@/lib/data/gather";
import { customersAudiences, liveVersionOfUse, versionInForceOfPolicy } from "@/lib/data/in-force";
import { apiKeyDigest, noteKeyUse, programOf } from "@/lib/data/program-keys";
import { keyedHash } from "@/lib/data/seal";
import { heardSignal, signalHeard } from "@/lib/data/signals";
import type { HeardSignal } from "@/lib/domain/signal";

export type StandingsAsked = { readonly ref: string; readonly apiKey: string };

const moment = z.string().transform((written) => new Date(written));
const use = z
  .tuple([z.string(), z.string(), z.string(), z.int(), z.enum(legalBases), z.boolean()])
  .transform(([id, key, name, version, basis, askable]) => ({ id, key, name, version, basis, askable }));
const policy = z
  .tuple([z.string(), z.string(), z.string(), z.enum(["accept", "acknowledge", "nothing"]), z.int(), z.int()])
  .transform(([id, key, name, asks, version, askedSince]) => ({ id, key, name, asks, version, askedSince }));
const answer = z
  .tuple([z.string(), z.enum(permissionStates), z.int(), moment, moment.nullable(), z.string(), z.int(), z.int().nullable(), z.boolean(), moment.nullable(), z.string().nullable(), moment.nullable(), z.boolean(), z.boolean()])
  .transform(([about, state, version, answeredAt, expiresAt, channel, index, declined, once, usedAt, importedFrom, importedAt, carries, declinedCarries]) => ({
    about, state, version, answeredAt, expiresAt, channel, index, declined, once, usedAt, importedFrom, importedAt, carries, declinedCarries,
  }));
const acceptance = z
  .tuple([z.string(), z.enum(acceptanceStates), z.int(), moment, z.string(), z.int()])
  .transform(([about, state, version, answeredAt, channel, index]) => ({ about, state, version, answeredAt, channel, index }));

/** What is in force: the same for everybody who is asked about at the same moment. */
const inForce = z.object({ uses: z.array(use).nullable(), policies: z.array(policy).nullable() });
const row = z.object({ program: programOf, person: z.string().nullable(), answers: z.array(answer).nullable(), acceptances: z.array(acceptance).nullable(), signals: z.record(z.string(), signalHeard).nullable(), now: z.date() });

export type Standings = {
  readonly program: ProgramActor | null;
  /** Null for somebody nobody has met. */
  readonly person: string | null;
  readonly uses: readonly z.infer<typeof use>[];
  readonly policies: readonly z.infer<typeof policy>[];
  /** By the id of the data use: whether each reaches the live version is in it. */
  readonly answers: ReadonlyMap<string, z.infer<typeof answer>>;
  /** What their browser has said to it, by the id of the data use; only where it has. */
  readonly signals: Readonly<Record<string, HeardSignal | null>>;
  /** By the id of the policy. */
  readonly acceptances: ReadonlyMap<string, z.infer<typeof acceptance>>;
  readonly now: Date;
};

const reaches = (answered: string) => `COALESCE((SELECT c.carries FROM version_coverage c WHERE c.use_id = u.id AND c.answered = ${answered} AND c.requested = u.number), false)`;

/** One statement for any number of people: what is in force is looked up once, and of each person only their own answers, by index. */
const statement = {
  name: "standings",
  text: `
    WITH uses AS MATERIALIZED (
      SELECT u.id, u.key, u.name, l.number, l.legal_basis, l.gpc_concern,
             EXISTS (SELECT 1 FROM prompt r JOIN prompt_version w ON w.prompt_id = r.id WHERE r.use_id = u.id AND w.published_at IS NOT NULL) AS askable
        FROM data_use u JOIN LATERAL (${liveVersionOfUse}) l ON true),
    policies AS MATERIALIZED (
      SELECT y.id, y.key, y.title, y.asks, v.number, v.asked_since
        FROM policy y JOIN LATERAL (${versionInForceOfPolicy}) v ON true WHERE y.audience IN ${customersAudiences})
    SELECT CASE WHEN k.id IS NOT NULL THEN jsonb_build_object('id', k.id, 'scopes', k.scopes) END AS program, s.id AS person,
           CASE WHEN asked.place = 1 THEN (SELECT json_agg(json_build_array(u.id, u.key, u.name, u.number, u.legal_basis, u.askable) ORDER BY u.name, u.key) FROM uses u) END AS uses,
           CASE WHEN asked.place = 1 THEN (SELECT json_agg(json_build_array(y.id, y.key, y.title, y.asks, y.number, y.asked_since) ORDER BY y.title, y.key) FROM policies y) END AS policies,
           (SELECT json_agg(json_build_array(p.use_id, p.state, p.version, p.answered_at, p.expires_at, p.channel, p.entry_index, p.declined, p.once, p.used_at, p.imported_from, p.imported_at,
                     p.version = u.number OR ${reaches("p.version")}, COALESCE(p.declined = u.number OR ${reaches("p.declined")}, false)))
              FROM permission p JOIN uses u ON u.id = p.use_id WHERE p.person_id = s.id) AS answers,
           (SELECT json_agg(json_build_array(a.policy_id, a.state, a.version, a.answered_at, a.channel, a.entry_index)) FROM acceptance a WHERE a.person_id = s.id) AS acceptances,
           (SELECT json_object_agg(h.id, h.signal) FROM (
              SELECT u.id, ${heardSignal("u", "u")} AS signal FROM uses u LEFT JOIN permission p ON p.person_id = s.id AND p.use_id = u.id WHERE u.gpc_concern <> 'none') h
             WHERE h.signal IS NOT NULL) AS signals,
           clock_timestamp() AS now
      FROM unnest($1::bytea[], $2::bytea[]) WITH ORDINALITY AS asked (ref, api_key, place)
      LEFT JOIN api_key k ON k.digest = asked.api_key AND k.kind = 'server' AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > clock_timestamp())
      LEFT JOIN person s ON s.ref_hash = asked.ref
     ORDER BY asked.place`,
};

async function readStandings(asked: readonly StandingsAsked[]): Promise<Standings[]> {
  const { rows } = await lookupPool().query<Record<string, unknown>>({ ...statement, values: [asked.map(({ ref }) => keyedHash("ref", ref)), asked.map(({ apiKey }) => apiKeyDigest(apiKey))] });
  const { uses, policies } = inForce.parse(rows[0]);
  return rows.map((one) => {
    const { answers, acceptances, signals, ...rest } = row.parse(one);
    const byThing = <T extends { readonly about: string }>(given: readonly T[] | null) => new Map((given ?? []).map((each) => [each.about, each]));
    return { ...rest, uses: uses ?? [], policies: policies ?? [], answers: byThing(answers), acceptances: byThing(acceptances), signals: signals ?? {} };
  });
}

const gather = new Gather<StandingsAsked, Standings>(readStandings, { atOnce: 2, most: 100 });

/** Where somebody stands with everything in force, read together with whoever else is asked about at this moment; never from a cache. */
export async function readStandingsOf(asked: StandingsAsked): Promise<Standings> {
  const found = await gather.ask(asked);
  if (found.program) noteKeyUse(found.program.keyId);
  return found;
}
