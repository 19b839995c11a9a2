import { factKinds, type LedgerQuery, type Names } from "@/lib/contract/ledger";
import { database, pool } from "@/lib/data/client";
import { parseEntry } from "@/lib/data/ledger/write";
import type { Moment } from "@/lib/data/reports";
import { canBeAbout, type Entry, type FactKind } from "@/lib/domain/entry";

/** The newest signed checkpoint, or null before the first entry. */
export async function readCheckpoint() {
  return database().ledgerCheckpoint.findFirst({ orderBy: { size: "desc" }, select: { size: true, root: true, note: true, signedAt: true } });
}

/** How many entries there are, and when the last was recorded. */
export async function readLedgerSize(moment: Moment): Promise<{ size: number; last: Date | null }> {
  const { rows } = await moment.query<{ size: number; last: Date }>(
    `SELECT index::float8 + 1 AS size, recorded_at AS last FROM ledger_entry ORDER BY index DESC LIMIT 1`,
  );
  return rows[0] ?? { size: 0, last: null };
}

/** An entry that somebody changed so that it says nothing any more: its place and its moment, as its columns say. */
export type UnreadableEntry = { readonly kind: "unreadable"; readonly index: number; readonly at: string };
export type ReadEntry = Entry | UnreadableEntry;

/** An entry from its row, for people to look at: the place is the row's, and nonsense is no error. */
export function readRow({ index, body, recordedAt }: { readonly index: bigint | number; readonly body: string; readonly recordedAt: Date }): ReadEntry {
  const place = Number(index);
  try {
    const entry = parseEntry(body);
    const sound = factKinds.includes(entry.kind) && typeof entry.by === "object" && entry.by !== null && !Number.isNaN(Date.parse(entry.at));
    if (sound) return { ...entry, index: place };
  } catch {
    // What is no JSON is no entry either.
  }
  return { kind: "unreadable", index: place, at: recordedAt.toISOString() };
}

export type LedgerPage = { readonly entries: readonly ReadEntry[]; readonly newer: number | null; readonly older: number | null };

/**
 * A page of the ledger, newest first. The cursor is an index: entries never move and none is ever put between two, so
 * going on below an index neither repeats nor misses one, however many are appended meanwhile.
 */
export async function readLedgerPage({ kind, about, person, before, after }: LedgerQuery, take: number): Promise<LedgerPage> {
  // Neither index alone finds out that two filters never meet, other than by walking all that one of them has.
  if (kind !== undefined && !canBeAbout(kind, about, person)) return { entries: [], newer: null, older: null };
  const upwards = after !== undefined && before === undefined;
  const found = await database().ledgerEntry.findMany({
    where: {
      ...(kind === undefined ? {} : { kind }),
      ...(about === undefined ? {} : { subject: about }),
      ...(person === undefined ? {} : { personId: person }),
      ...(before === undefined ? {} : { index: { lt: before } }),
      ...(upwards ? { index: { gt: after } } : {}),
    },
    orderBy: { index: upwards ? "asc" : "desc" },
    take: take + 1,
    select: { index: true, body: true, recordedAt: true },
  });
  const more = found.length > take;
  // Too few above it to fill a page: that is the newest page, and it is shown whole.
  if (upwards && !more) return readLedgerPage(Object.fromEntries(Object.entries({ kind, about, person }).filter(([, value]) => value !== undefined)), take);
  const shown = found.slice(0, take).map(readRow);
  const entries = upwards ? shown.reverse() : shown;
  const [first, last] = [entries[0], entries.at(-1)];
  return {
    entries,
    newer: first && (upwards || before !== undefined) ? first.index : null,
    older: last && (upwards || more) ? last.index : null,
  };
}

export type StoredEntry = { readonly body: string; readonly leaf: Uint8Array; readonly previous: Uint8Array; readonly recordedAt: Date };

/** One entry as stored, the leaf of the one before it, and the index of the newest. */
export async function readEntry(index: number): Promise<{ entry: StoredEntry; leafBefore: Uint8Array | null; newest: number } | null> {
  const rows = await database().ledgerEntry.findMany({ where: { index: { in: index === 0 ? [0] : [index - 1, index] } }, select: { index: true, body: true, leaf: true, previous: true, recordedAt: true } });
  const newest = await database().ledgerEntry.findFirst({ orderBy: { index: "desc" }, select: { index: true } });
  const entry = rows.find((row) => Number(row.index) === index);
  if (!entry) return null;
  return { entry, leafBefore: rows.find((row) => Number(row.index) === index - 1)?.leaf ?? null, newest: Number(newest?.index ?? index) };
}

/** The newest entries of these kinds, however rare they are among millions of others: one short index walk a kind. */
export async function readRecent(moment: Moment, kinds: readonly FactKind[], take: number): Promise<ReadEntry[]> {
  const { rows } = await moment.query<{ index: number; body: string; recordedAt: Date }>(
    `SELECT e.index::float8 AS index, e.body, e.recorded_at AS "recordedAt" FROM unnest($1::text[]) k (kind)
      CROSS JOIN LATERAL (
        SELECT index, body, recorded_at FROM ledger_entry l
         WHERE (l.kind, l.index) >= (k.kind, 0) AND (l.kind, l.index) <= (k.kind, 9223372036854775807)
         ORDER BY l.kind DESC, l.index DESC LIMIT $2) e
      ORDER BY e.index DESC LIMIT $2`,
    [[...kinds], take],
  );
  return rows.map(readRow);
}

/** What the ids and keys in these entries are called now; one query. */
export async function readNames(entries: readonly ReadEntry[], moment: Moment = pool()): Promise<Names> {
  const staff = new Set<string>();
  const uses = new Set<string>();
  const policies = new Set<string>();
  const keys = new Set<string>();
  for (const entry of entries) {
    if (entry.kind === "unreadable") continue;
    if ("staff" in entry.by) staff.add(entry.by.staff);
    if ("key" in entry.by) keys.add(entry.by.key);
    if ("staff" in entry) staff.add(entry.staff);
    if ("use" in entry) uses.add(entry.use);
    if ("policy" in entry) policies.add(entry.policy);
    if ("key" in entry) keys.add(entry.key);
    if (entry.kind === "export-created") {
      const [, kind, key] = /^(use|policy):([a-z0-9-]+)/.exec(entry.subject) ?? [];
      if (key !== undefined) (kind === "use" ? uses : policies).add(key);
    }
  }
  const { rows } = await moment.query<{ what: keyof Names; ref: string; name: string }>(
    `SELECT 'staff' AS what, id::text AS ref, name FROM staff WHERE id::text = ANY ($1)
     UNION ALL SELECT 'uses', key, name FROM data_use WHERE key = ANY ($2)
     UNION ALL SELECT 'policies', key, title FROM policy WHERE key = ANY ($3)
     UNION ALL SELECT 'keys', id::text, name FROM api_key WHERE id::text = ANY ($4)`,
    [[...staff], [...uses], [...policies], [...keys]],
  );
  const names = { staff: new Map<string, string>(), uses: new Map<string, string>(), policies: new Map<string, string>(), keys: new Map<string, string>() };
  for (const { what, ref, name } of rows) names[what].set(ref, name);
  return names;
}

/** Every data use and policy that entries may be about, by name; published or not. */
export async function readSubjects(take: number): Promise<{ kind: "use" | "policy"; key: string; name: string }[]> {
  const { rows } = await pool().query<{ kind: "use" | "policy"; key: string; name: string }>(
    `(SELECT 'use' AS kind, key, name FROM data_use ORDER BY name, key LIMIT $1)
     UNION ALL (SELECT 'policy', key, title FROM policy ORDER BY title, key LIMIT $1)`,
    [take],
  );
  return rows;
}
