import { toHex } from "@/lib/data/digest";
import type { ClosedBatch } from "@/lib/data/ledger/batch";
import { personOf, subjectOf } from "@/lib/domain/entry";

/** The one advisory lock under which the ledger grows; any number, the same in every process. */
export const ledgerLock = 4_841_534_275n;

export const lockLedger = `SELECT pg_advisory_xact_lock(${ledgerLock})::text`;

export type HeadRow = { readonly size: bigint | string | number; readonly leaf: Uint8Array | null; readonly now: Date };

/** The ledger's end, to be read after the lock was taken, in a statement of its own: only that sees what others wrote. $1 is a moment or null. */
export const readHead = `
  SELECT COALESCE(e.index + 1, 0) AS size, e.leaf,
         date_trunc('milliseconds', GREATEST(COALESCE($1::timestamptz, clock_timestamp()), e.recorded_at)) AS now
    FROM (SELECT 1) one LEFT JOIN (SELECT index, leaf, recorded_at FROM ledger_entry ORDER BY index DESC LIMIT 1) e ON true`;

/** Nodes by their places, largest subtree first. $1 levels, $2 positions. */
export const readNodes = `
  SELECT n.level, n.position, n.hash FROM unnest($1::smallint[], $2::bigint[]) w (level, position)
    JOIN ledger_node n ON n.level = w.level AND n.position = w.position ORDER BY n.level DESC, n.position`;

/** Part of a statement: its text asks for the places of its values, which are counted from 1. */
export type Part = { readonly name: string; readonly values: readonly unknown[]; readonly text: (at: (place: number) => string) => string };

export type Statement = { readonly name: string; readonly text: string; readonly values: unknown[] };

const texts = new Map<string, string>();

/** One statement that writes a closed batch, within the transaction that read its head, and what else belongs to it. */
export function writeBatch(closed: ClosedBatch, others: readonly Part[] = []): Statement {
  const parts = [entries(closed), nodes(closed), ...others, checkpoint(closed)];
  const name = `ledger_write ${others.map((part) => part.name).join(" ")}`;
  let text = texts.get(name);
  if (text === undefined) {
    let before = 0;
    const written = parts.map((part) => {
      const from = before;
      before += part.values.length;
      return part.text((place) => `$${from + place}`);
    });
    text = `WITH ${written.slice(0, -1).map((one, i) => `part${i} AS (${one})`).join(", ")} ${written.at(-1) ?? ""}`;
    texts.set(name, text);
  }
  return { name, text, values: parts.flatMap((part) => [...part.values]) };
}

function entries({ entries: made, head }: ClosedBatch): Part {
  return {
    name: "entries",
    values: [
      made.map((one) => one.entry.index),
      made.map((one) => one.entry.kind),
      made.map((one) => one.body),
      made.map((one) => toHex(one.leaf)),
      made.map((one) => one.entry.previous),
      head.now,
      made.map((one) => personOf(one.entry)),
      made.map((one) => ("staff" in one.entry.by ? one.entry.by.staff : null)),
      made.map((one) => subjectOf(one.entry)),
      made.map((one) => one.request.name),
      made.map((one) => one.requestPosition),
      made.map((one) => one.request.digest && toHex(one.request.digest)),
    ],
    text: (at) => `
      INSERT INTO ledger_entry (index, kind, body, leaf, previous, recorded_at, person_id, staff_id, subject, request_id, request_position, request_digest)
      SELECT e.index, e.kind, e.body, decode(e.leaf, 'hex'), decode(e.previous, 'hex'), ${at(6)}::timestamptz, e.person, e.staff, e.subject, e.request, e.place, decode(e.digest, 'hex')
        FROM unnest(${at(1)}::bigint[], ${at(2)}::text[], ${at(3)}::text[], ${at(4)}::text[], ${at(5)}::text[], ${at(7)}::uuid[], ${at(8)}::uuid[], ${at(9)}::text[], ${at(10)}::text[], ${at(11)}::int[], ${at(12)}::text[])
          e (index, kind, body, leaf, previous, person, staff, subject, request, place, digest)`,
  };
}

function nodes({ nodes: made }: ClosedBatch): Part {
  return {
    name: "nodes",
    values: [made.map((node) => node.level), made.map((node) => node.position), made.map((node) => toHex(node.hash))],
    text: (at) => `
      INSERT INTO ledger_node (level, position, hash)
      SELECT n.level, n.position, decode(n.hash, 'hex') FROM unnest(${at(1)}::smallint[], ${at(2)}::bigint[], ${at(3)}::text[]) n (level, position, hash)`,
  };
}

function checkpoint({ checkpoint: { size, root, note }, head }: ClosedBatch): Part {
  return {
    name: "checkpoint",
    values: [size, toHex(root), note, head.now],
    text: (at) => `INSERT INTO ledger_checkpoint (size, root, note, signed_at) VALUES (${at(1)}::bigint, decode(${at(2)}, 'hex'), ${at(3)}, ${at(4)}::timestamptz)`,
  };
}
