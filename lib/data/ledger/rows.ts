import { toHex } from "@/lib/data/digest";
import type { ClosedBatch } from "@/lib/data/ledger/batch";
import { personOf, subjectOf } from "@/lib/domain/entry";

/** The one advisory lock under which the ledger grows; any number, the same in every process. */
export const ledgerLock = 4_841_534_275n;

/** Until the transaction ends. */
export const lockLedger = `SELECT pg_advisory_xact_lock(${ledgerLock})::text`;
/** Over several transactions, until it is let go or the connection ends. */
export const holdLedger = `SELECT pg_advisory_lock(${ledgerLock})::text`;
export const letLedgerGo = `SELECT pg_advisory_unlock(${ledgerLock})::text`;

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
  const parts = [made(closed), entries, leaves, nodes(closed), ...others, checkpoint(closed)];
  const name = `ledger_write ${others.map((part) => part.name).join(" ")}`;
  let text = texts.get(name);
  if (text === undefined) {
    let before = 0;
    const written = parts.map((part) => {
      const from = before;
      before += part.values.length;
      return part.text((place) => `$${from + place}`);
    });
    text = `WITH ${written.slice(0, -1).map((one, i) => `${parts[i]!.name} AS (${one})`).join(", ")} ${written.at(-1) ?? ""}`;
    texts.set(name, text);
  }
  return { name, text, values: parts.flatMap((part) => [...part.values]) };
}

/**
 * An array of ids, digests in hex or words of ours, none of which needs quoting, as PostgreSQL reads it: the driver would
 * look for quotes in each.
 */
const plain = (values: readonly (string | number | null)[]): string => `{${values.map((value) => value ?? "NULL").join(",")}}`;

/**
 * The entries as they were made. Their leaves follow from their bodies and link them, so neither has to be sent: what is
 * stored cannot be other than what the bodies say.
 */
function made({ entries: all, head }: ClosedBatch): Part {
  return {
    name: "made",
    values: [
      head.size,
      // Canonical JSON has no line breaks.
      all.map((one) => one.body).join("\n"),
      plain(all.map((one) => one.entry.kind)),
      plain(all.map((one) => personOf(one.entry))),
      plain(all.map((one) => ("staff" in one.entry.by ? one.entry.by.staff : null))),
      all.map((one) => subjectOf(one.entry)),
      all.map((one) => one.request.name),
      plain(all.map((one) => one.requestPosition)),
      plain(all.map((one) => one.request.digest && toHex(one.request.digest))),
      head.previous,
      head.now,
    ],
    text: (at) => `
      SELECT index, kind, body, leaf, COALESCE(lag(leaf) OVER (ORDER BY index), decode(${at(10)}, 'hex')) AS previous, ${at(11)}::timestamptz AS recorded_at,
             person, staff, subject, request, place, digest
        FROM (SELECT ${at(1)}::bigint + e.n - 1 AS index, e.kind, e.body, sha256('\\x00'::bytea || convert_to(e.body, 'UTF8')) AS leaf, e.person, e.staff, e.subject, e.request, e.place, decode(e.digest, 'hex') AS digest
                FROM unnest(string_to_array(${at(2)}, E'\\n'), ${at(3)}::text[], ${at(4)}::uuid[], ${at(5)}::uuid[], ${at(6)}::text[], ${at(7)}::text[], ${at(8)}::int[], ${at(9)}::text[])
                  WITH ORDINALITY e (body, kind, person, staff, subject, request, place, digest, n)) hashed`,
  };
}

const entries: Part = {
  name: "entries",
  values: [],
  text: () => `
      INSERT INTO ledger_entry (index, kind, body, leaf, previous, recorded_at, person_id, staff_id, subject, request_id, request_position, request_digest)
      SELECT index, kind, body, leaf, previous, recorded_at, person, staff, subject, request, place, digest FROM made`,
};

const leaves: Part = { name: "leaves", values: [], text: () => "INSERT INTO ledger_node (level, position, hash) SELECT 0, index, leaf FROM made" };

/** Those above the leaves. */
function nodes({ nodes: all }: ClosedBatch): Part {
  const above = all.filter((node) => node.level > 0);
  return {
    name: "nodes",
    values: [plain(above.map((node) => node.level)), plain(above.map((node) => node.position)), plain(above.map((node) => toHex(node.hash)))],
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
