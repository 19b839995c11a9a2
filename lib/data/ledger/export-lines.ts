import type { Snapshot } from "@/lib/data/exports";

/** Entries in memory at a time. */
const page = 5_000;

/** How many entries are under a signed checkpoint at this moment. */
export async function countSigned({ moment }: Snapshot): Promise<number> {
  const { rows } = await moment.query<{ size: number }>("SELECT COALESCE(max(size), 0)::float8 AS size FROM ledger_checkpoint");
  return rows[0]?.size ?? 0;
}

/**
 * The whole ledger as NDJSON: a line that says what it is, then every entry's exact bytes in order, and behind the
 * entries that were written together the checkpoint that was signed over them.
 */
export async function* exportLines({ moment }: Snapshot, head: { readonly key: string; readonly log: string; readonly size: number }): AsyncGenerator<Uint8Array> {
  const { key, log, size } = head;
  yield bytesOf([JSON.stringify({ format: "handshake-ledger", v: 1, key, log, size })]);
  for (let from = 0; from < size; from += page) {
    const range = [from, Math.min(from + page, size)];
    const { rows: entries } = await moment.query<{ index: number; body: string }>("SELECT index::float8 AS index, body FROM ledger_entry WHERE index >= $1 AND index < $2 ORDER BY index", range);
    const { rows: checkpoints } = await moment.query<{ size: number; note: string }>("SELECT size::float8 AS size, note FROM ledger_checkpoint WHERE size > $1 AND size <= $2 ORDER BY size", range);
    yield bytesOf(inTheirOrder(entries, checkpoints));
  }
}

/** A checkpoint of so many entries stands behind the last of them. */
function inTheirOrder(entries: readonly { index: number; body: string }[], checkpoints: readonly { size: number; note: string }[]): string[] {
  const lines: string[] = [];
  let next = 0;
  for (const { size, note } of checkpoints) {
    for (let entry = entries[next]; entry && entry.index < size; entry = entries[++next]) lines.push(entry.body);
    lines.push(JSON.stringify({ checkpoint: note }));
  }
  lines.push(...entries.slice(next).map(({ body }) => body));
  return lines;
}

const bytesOf = (lines: readonly string[]): Uint8Array => new Uint8Array(Buffer.from(lines.map((line) => `${line}\n`).join(""), "utf8"));
