import { toHex } from "@/lib/data/digest";
import type { ClosedBatch } from "@/lib/data/ledger/batch";
import { personOf, subjectOf } from "@/lib/domain/entry";

/** The one advisory lock under which the ledger grows; any number, the same in every process. */
export const ledgerLock = 4_841_534_275n;

export const lockLedger = `SELECT pg_advisory_xact_lock(${ledgerLock})::text`;

export type HeadRow = { readonly size: bigint | string; readonly leaf: Uint8Array | null; readonly now: Date };

/** The ledger's end, to be read after the lock was taken, in a statement of its own: only that sees what others wrote. $1 is a moment or null. */
export const readHead = `
  SELECT COALESCE(e.index + 1, 0) AS size, e.leaf,
         date_trunc('milliseconds', GREATEST(COALESCE($1::timestamptz, clock_timestamp()), e.recorded_at)) AS now
    FROM (SELECT 1) one LEFT JOIN (SELECT index, leaf, recorded_at FROM ledger_entry ORDER BY index DESC LIMIT 1) e ON true`;

/** Nodes by their places, largest subtree first. $1 levels, $2 positions. */
export const readNodes = `
  SELECT n.level, n.position, n.hash FROM unnest($1::smallint[], $2::bigint[]) w (level, position)
    JOIN ledger_node n ON n.level = w.level AND n.position = w.position ORDER BY n.level DESC, n.position`;

export type Statement = { readonly name: string; readonly text: string; readonly values: readonly unknown[] };

const insertEntries = `
  INSERT INTO ledger_entry (index, kind, body, leaf, previous, recorded_at, person_id, staff_id, subject, request_id, request_position, request_digest)
  SELECT e.index, e.kind, e.body, decode(e.leaf, 'hex'), decode(e.previous, 'hex'), $6, e.person, e.staff, e.subject, e.request, e.place, decode(e.digest, 'hex')
    FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $7::uuid[], $8::uuid[], $9::text[], $10::text[], $11::int[], $12::text[])
      e (index, kind, body, leaf, previous, person, staff, subject, request, place, digest)`;

const insertNodes = `
  INSERT INTO ledger_node (level, position, hash)
  SELECT n.level, n.position, decode(n.hash, 'hex') FROM unnest($1::smallint[], $2::bigint[], $3::text[]) n (level, position, hash)`;

const insertCheckpoint = "INSERT INTO ledger_checkpoint (size, root, note, signed_at) VALUES ($1::bigint, decode($2, 'hex'), $3, $4::timestamptz)";

/** What writes a closed batch: entries, nodes, checkpoint, in this order, within the transaction that read its head. */
export function rowsOf({ entries, nodes, checkpoint, head }: ClosedBatch): Statement[] {
  return [
    {
      name: "ledger_entries",
      text: insertEntries,
      values: [
        entries.map((one) => String(one.index)),
        entries.map((one) => one.entry.kind),
        entries.map((one) => one.body),
        entries.map((one) => toHex(one.leaf)),
        entries.map((one) => one.entry.previous),
        head.now,
        entries.map((one) => personOf(one.entry)),
        entries.map((one) => ("staff" in one.entry.by ? one.entry.by.staff : null)),
        entries.map((one) => subjectOf(one.entry)),
        entries.map((one) => one.request.name),
        entries.map((one) => one.requestPosition),
        entries.map((one) => one.request.digest && toHex(one.request.digest)),
      ],
    },
    {
      name: "ledger_nodes",
      text: insertNodes,
      values: [nodes.map((node) => node.level), nodes.map((node) => String(node.position)), nodes.map((node) => toHex(node.hash))],
    },
    { name: "ledger_checkpoint", text: insertCheckpoint, values: [String(checkpoint.size), toHex(checkpoint.root), checkpoint.note, head.now] },
  ];
}
