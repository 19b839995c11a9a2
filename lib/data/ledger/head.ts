import type pg from "pg";
import { toHex } from "@/lib/data/digest";
import { nothingBefore, type Head } from "@/lib/data/ledger/batch";
import { readHead, readNodes, type HeadRow } from "@/lib/data/ledger/rows";
import { peaksOf } from "@/lib/domain/merkle";

/** A connection of pg's, or whatever asks like one. */
type Connection = { query<R extends pg.QueryResultRow>(statement: { name: string; text: string; values: unknown[] }): Promise<{ rows: R[] }> };

/**
 * Reads where the ledger ends; whoever writes holds its lock. Of a head that nobody wrote after, the tree's peaks are
 * known already and not read again.
 */
export async function findHead(connection: Connection, moment: Date | null, held: Head | null = null): Promise<Head> {
  const { rows: [row] } = await connection.query<HeadRow>({ name: "ledger_head", text: readHead, values: [moment] });
  if (!row) throw new Error("the ledger's head cannot be read");
  if (held !== null && Number(row.size) === held.size && row.leaf !== null && toHex(row.leaf) === held.previous) return { ...held, now: row.now };
  const wanted = peaksOf(Number(row.size));
  if (wanted.length === 0) return headOf(row, []);
  const { rows } = await connection.query<{ hash: Uint8Array }>({
    name: "ledger_peaks",
    text: readNodes,
    values: [wanted.map(({ level }) => level), wanted.map(({ position }) => String(position))],
  });
  return headOf(row, rows.map(({ hash }) => hash));
}

/** @throws Error when the tree does not belong to the entries: nothing is built on that */
function headOf(row: HeadRow, peaks: readonly Uint8Array[]): Head {
  const size = Number(row.size);
  if (peaks.length !== peaksOf(size).length) throw new Error("the ledger's tree does not match its entries; verify it before writing");
  return { size, previous: row.leaf ? toHex(row.leaf) : nothingBefore, peaks, now: row.now };
}
