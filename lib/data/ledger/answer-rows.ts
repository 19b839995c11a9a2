import type { Answering } from "@/lib/data/ledger/append-answers";
import type { ClosedBatch } from "@/lib/data/ledger/batch";
import type { Statement } from "@/lib/data/ledger/rows";
import type { PermissionAnswered, PolicyAnswered } from "@/lib/domain/entry";

type Given<F> = { readonly fact: F; readonly about: string; readonly index: bigint };

/** The rows of a batch's answers, in the order of its entries; each replaces the person's answer before it. */
export function answerRowsOf(answers: readonly Answering[], { entries, head }: ClosedBatch): Statement[] {
  const permissions: Given<PermissionAnswered>[] = [];
  const acceptances: Given<PolicyAnswered>[] = [];
  answers.forEach(({ fact, about }, i) => {
    const index = entries[i]!.index;
    if (fact.kind === "permission-answered") permissions.push({ fact, about, index });
    else acceptances.push({ fact, about, index });
  });
  return [
    ...(permissions.length > 0 ? [{ name: "permissions", text: savePermissions, values: [...valuesOf(permissions, head.now), permissions.map(({ fact }) => fact.expiresAt)] }] : []),
    ...(acceptances.length > 0 ? [{ name: "acceptances", text: saveAcceptances, values: valuesOf(acceptances, head.now) }] : []),
  ];
}

function valuesOf(given: readonly Given<PermissionAnswered | PolicyAnswered>[], now: Date): unknown[] {
  return [
    now,
    given.map(({ fact }) => fact.person),
    given.map(({ about }) => about),
    given.map(({ fact }) => fact.answer),
    given.map(({ fact }) => fact.version),
    given.map(({ fact }) => fact.channel),
    given.map(({ fact }) => fact.shown),
    given.map(({ index }) => String(index)),
  ];
}

const columns = "state, version, answered_at, channel, shown, entry_index";
const given = "a.state, a.version, $1::timestamptz, a.channel, decode(a.shown, 'hex'), a.index";
const arrays = "$2::uuid[], $3::uuid[], $4::text[], $5::int[], $6::text[], $7::text[], $8::bigint[]";
const names = "person, about, state, version, channel, shown, index";
const replaced = columns.split(", ").map((column) => `${column} = excluded.${column}`).join(", ");

const savePermissions = `
  INSERT INTO permission (person_id, use_id, ${columns}, expires_at)
  SELECT a.person, a.about, ${given}, a.expires FROM unnest(${arrays}, $9::timestamptz[]) a (${names}, expires)
  ON CONFLICT (person_id, use_id) DO UPDATE SET ${replaced}, expires_at = excluded.expires_at`;

const saveAcceptances = `
  INSERT INTO acceptance (person_id, policy_id, ${columns})
  SELECT a.person, a.about, ${given} FROM unnest(${arrays}) a (${names})
  ON CONFLICT (person_id, policy_id) DO UPDATE SET ${replaced}`;
