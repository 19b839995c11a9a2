import type { Answering } from "@/lib/data/ledger/append-answers";
import type { ClosedBatch } from "@/lib/data/ledger/batch";
import type { Part } from "@/lib/data/ledger/rows";
import type { PermissionAnswered, PolicyAnswered } from "@/lib/domain/entry";

type Given<F> = { readonly fact: F; readonly about: string; readonly index: number };

/** What a batch's answers change, in the order of its entries: each replaces the person's answer before it. */
export function answerParts(answers: readonly Answering[], { entries, head }: ClosedBatch): Part[] {
  const permissions: Given<PermissionAnswered>[] = [];
  const acceptances: Given<PolicyAnswered>[] = [];
  answers.forEach(({ fact, about }, i) => {
    const { index } = entries[i]!.entry;
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
    given.map(({ index }) => index),
  ];
}

const columns = "state, version, answered_at, channel, shown, entry_index";
const replaced = columns.split(", ").map((column) => `${column} = excluded.${column}`).join(", ");
const names = "person, about, state, version, channel, shown, index";
const chosen = (at: (place: number) => string) => `a.person, a.about, a.state, a.version, ${at(1)}::timestamptz, a.channel, decode(a.shown, 'hex'), a.index`;
const arrays = (at: (place: number) => string) => `${at(2)}::uuid[], ${at(3)}::uuid[], ${at(4)}::text[], ${at(5)}::int[], ${at(6)}::text[], ${at(7)}::text[], ${at(8)}::bigint[]`;

const savePermissions: Part["text"] = (at) => `
  INSERT INTO permission (person_id, use_id, ${columns}, expires_at)
  SELECT ${chosen(at)}, a.expires FROM unnest(${arrays(at)}, ${at(9)}::timestamptz[]) a (${names}, expires)
  ON CONFLICT (person_id, use_id) DO UPDATE SET ${replaced}, expires_at = excluded.expires_at`;

const saveAcceptances: Part["text"] = (at) => `
  INSERT INTO acceptance (person_id, policy_id, ${columns})
  SELECT ${chosen(at)} FROM unnest(${arrays(at)}) a (${names})
  ON CONFLICT (person_id, policy_id) DO UPDATE SET ${replaced}`;
