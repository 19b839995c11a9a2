import type pg from "pg";
import { toHex } from "@/lib/data/digest";
import { customersAudiences, liveVersionOfUse, versionInForceOfPolicy } from "@/lib/data/in-force";
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

export type PersonFacts = {
  /** Nobody who is unknown or forgotten answers anything. */
  readonly known: boolean;
  /** What entries call them: hex, see `identity` in lib/domain/entry. */
  readonly identity: string | null;
  /** Their last answer about each of the data uses and policies in question, by id. */
  readonly permissions: ReadonlyMap<string, Stand<PermissionState>>;
  readonly acceptances: ReadonlyMap<string, Stand<AcceptanceState>>;
};

export type AnswerFacts = {
  readonly now: Date;
  /** By id; what is not published is not there. */
  readonly uses: ReadonlyMap<string, LiveUse>;
  readonly policies: ReadonlyMap<string, LivePolicy>;
  personOf(id: string): PersonFacts;
};

type Asked = { readonly person: string; readonly uses: readonly string[]; readonly policies: readonly string[] };

const stranger: PersonFacts = { known: false, identity: null, permissions: new Map(), acceptances: new Map() };

/** Reads what the answers of several people are held against; a statement a table, however many people there are. */
export async function readAnswerFacts(client: pg.ClientBase, asked: readonly Asked[]): Promise<(now: Date) => AnswerFacts> {
  const of = (kind: "uses" | "policies") => {
    const pairs = asked.flatMap((one) => one[kind].map((id) => [one.person, id] as const));
    return { people: pairs.map(([person]) => person), ids: pairs.map(([, id]) => id), distinct: [...new Set(pairs.map(([, id]) => id))] };
  };
  const [uses, policies] = [of("uses"), of("policies")];
  const none = { rows: [] };
  const [people, liveUses, permissions, livePolicies, acceptances] = await Promise.all([
    client.query<{ id: string; commitment: Uint8Array | null }>({ name: "answer_people", text: readPeople, values: [asked.map(({ person }) => person)] }),
    uses.ids.length > 0 ? client.query<LiveUse>({ name: "answer_uses", text: readUses, values: [uses.distinct] }) : none,
    uses.ids.length > 0 ? client.query<Row<PermissionState>>({ name: "answer_permissions", text: readPermissions, values: [uses.people, uses.ids] }) : none,
    policies.ids.length > 0 ? client.query<LivePolicy>({ name: "answer_policies", text: readPolicies, values: [policies.distinct] }) : none,
    policies.ids.length > 0 ? client.query<Row<AcceptanceState>>({ name: "answer_acceptances", text: readAcceptances, values: [policies.people, policies.ids] }) : none,
  ]);
  const [stands, accepted] = [byPerson(permissions.rows), byPerson(acceptances.rows)];
  const known = new Map(people.rows.map(({ id, commitment }) => [id, commitment && toHex(commitment)]));
  return (now) => ({
    now,
    uses: new Map(liveUses.rows.map((use) => [use.id, use])),
    policies: new Map(livePolicies.rows.map((policy) => [policy.id, policy])),
    personOf(id) {
      const identity = known.get(id);
      if (identity === undefined) return stranger;
      return { known: true, identity, permissions: stands.get(id) ?? new Map(), acceptances: accepted.get(id) ?? new Map() };
    },
  });
}

type Row<State> = { readonly person: string; readonly about: string; readonly state: State; readonly version: number; readonly answeredAt: Date; readonly index: number };

function byPerson<State>(rows: readonly Row<State>[]): Map<string, Map<string, Stand<State>>> {
  const found = new Map<string, Map<string, Stand<State>>>();
  for (const { person, about, ...stand } of rows) found.set(person, (found.get(person) ?? new Map<string, Stand<State>>()).set(about, stand));
  return found;
}

const readPeople = "SELECT id, commitment FROM person WHERE id = ANY ($1::uuid[]) AND forgotten_at IS NULL";

const readUses = `
  SELECT u.id, u.key, l.number AS version, l.legal_basis AS basis, w.number AS wording
    FROM data_use u
    JOIN LATERAL (${liveVersionOfUse}) l ON true
    LEFT JOIN LATERAL (SELECT v.number FROM prompt r JOIN prompt_version v ON v.prompt_id = r.id
       WHERE r.use_id = u.id AND v.published_at IS NOT NULL ORDER BY v.number DESC LIMIT 1) w ON true
   WHERE u.id = ANY ($1::uuid[])`;

const readPolicies = `
  SELECT y.id, y.key, y.asks, v.number AS version FROM policy y JOIN LATERAL (${versionInForceOfPolicy}) v ON true
   WHERE y.id = ANY ($1::uuid[]) AND y.audience IN ${customersAudiences}`;

const standOf = `state, version, answered_at AS "answeredAt", entry_index::float8 AS index`;
const readPermissions = `
  SELECT p.person_id AS person, p.use_id AS about, ${standOf} FROM unnest($1::uuid[], $2::uuid[]) w (person, about)
    JOIN permission p ON p.person_id = w.person AND p.use_id = w.about`;
const readAcceptances = `
  SELECT p.person_id AS person, p.policy_id AS about, ${standOf} FROM unnest($1::uuid[], $2::uuid[]) w (person, about)
    JOIN acceptance p ON p.person_id = w.person AND p.policy_id = w.about`;
