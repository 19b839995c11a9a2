import { toHex } from "@/lib/data/digest";
import type { Answering } from "@/lib/data/ledger/append-answers";
import type { ClosedBatch } from "@/lib/data/ledger/batch";
import type { Part } from "@/lib/data/ledger/rows";
import { standsAfter } from "@/lib/domain/answer";
import type { PermissionAnswered, PolicyAnswered } from "@/lib/domain/entry";

/** An answer with what is kept of who gave it for the person. */
export type AnsweringFor = Answering & { readonly guardian?: { readonly commitment: Uint8Array; readonly sealed: Uint8Array } };

type Given<F> = { readonly fact: F; readonly about: string; readonly index: number };

/** What a batch's answers change, in the order of its entries: each replaces the person's answer before it. */
export function answerParts(answers: readonly AnsweringFor[], { entries, head }: ClosedBatch): Part[] {
  const permissions: Given<PermissionAnswered>[] = [];
  const acceptances: Given<PolicyAnswered>[] = [];
  answers.forEach(({ fact, about }, i) => {
    const { index } = entries[i]!.entry;
    if (fact.kind === "permission-answered") permissions.push({ fact, about, index });
    else acceptances.push({ fact, about, index });
  });
  return [
    ...(permissions.length > 0 ? [permissionsPart(permissions, head.now)] : []),
    ...(acceptances.length > 0 ? [{ name: "acceptances", text: saveAcceptances, values: acceptanceValues(acceptances, head.now) }] : []),
    ...guardiansPart(answers),
  ];
}

/** Puts what answers about data uses leave standing in the place of what stood; `index` is each one's entry. */
export function permissionsPart(given: readonly Given<PermissionAnswered>[], now: Date): Part {
  const stands = given.map(({ fact }) => standsAfter(fact));
  const values = [
    now,
    given.map(({ fact }) => fact.person),
    given.map(({ about }) => about),
    stands.map(({ state }) => state),
    stands.map(({ version }) => version),
    given.map(({ fact }) => fact.channel),
    given.map(({ fact }) => fact.shown),
    given.map(({ index }) => index),
    given.map(({ fact }) => fact.expiresAt),
    stands.map(({ declined }) => declined),
    stands.map(({ once }) => once),
    given.map(({ fact }) => fact.imported?.source ?? null),
    given.map(({ fact }) => fact.imported?.answeredAt ?? null),
  ];
  return { name: "permissions", text: savePermissions, values };
}

function acceptanceValues(given: readonly Given<PolicyAnswered>[], now: Date): unknown[] {
  return [
    now,
    given.map(({ fact }) => fact.person),
    given.map(({ about }) => about),
    given.map(({ fact }) => fact.answer),
    given.map(({ fact }) => fact.version),
    given.map(({ fact }) => fact.channel),
    given.map(({ fact }) => fact.shown),
    given.map(({ index }) => index),
  ];
}

const columns = "state, version, answered_at, channel, shown, entry_index";
const bounds = "expires_at, declined, once, imported_from, imported_at";
const replaced = (list: string) => list.split(", ").map((column) => `${column} = excluded.${column}`).join(", ");
const names = "person, about, state, version, channel, shown, index";
const chosen = (at: (place: number) => string) => `a.person, a.about, a.state, a.version, ${at(1)}::timestamptz, a.channel, decode(a.shown, 'hex'), a.index`;
const arrays = (at: (place: number) => string) => `${at(2)}::uuid[], ${at(3)}::uuid[], ${at(4)}::text[], ${at(5)}::int[], ${at(6)}::text[], ${at(7)}::text[], ${at(8)}::bigint[]`;

const savePermissions: Part["text"] = (at) => `
  INSERT INTO permission (person_id, use_id, ${columns}, ${bounds})
  SELECT ${chosen(at)}, a.${bounds.replaceAll(", ", ", a.")}
    FROM unnest(${arrays(at)}, ${at(9)}::timestamptz[], ${at(10)}::int[], ${at(11)}::boolean[], ${at(12)}::text[], ${at(13)}::timestamptz[]) a (${names}, ${bounds})
  ON CONFLICT (person_id, use_id) DO UPDATE SET ${replaced(columns)}, ${replaced(bounds)}, used_at = NULL`;

const saveAcceptances: Part["text"] = (at) => `
  INSERT INTO acceptance (person_id, policy_id, ${columns})
  SELECT ${chosen(at)} FROM unnest(${arrays(at)}) a (${names})
  ON CONFLICT (person_id, policy_id) DO UPDATE SET ${replaced(columns)}`;

/** One row a submit: its answers name the same commitment. */
function guardiansPart(answers: readonly AnsweringFor[]): Part[] {
  const found = new Map(answers.flatMap(({ fact, guardian }) => (guardian ? [[`${fact.person} ${toHex(guardian.commitment)}`, { person: fact.person, ...guardian }] as const] : [])));
  if (found.size === 0) return [];
  const rows = [...found.values()];
  return [
    {
      name: "guardians",
      values: [rows.map(({ person }) => person), rows.map(({ commitment }) => toHex(commitment)), rows.map(({ sealed }) => toHex(sealed))],
      text: (at) => `
        INSERT INTO guardian (person_id, commitment, sealed)
        SELECT g.person, decode(g.commitment, 'hex'), decode(g.sealed, 'hex') FROM unnest(${at(1)}::uuid[], ${at(2)}::text[], ${at(3)}::text[]) g (person, commitment, sealed)`,
    },
  ];
}
