import { pool } from "@/lib/data/client";
import { parseEntry } from "@/lib/data/ledger/write";
import { storedTerms } from "@/lib/data/stored-terms";
import type { PolicyAsks } from "@/lib/contract/policy";
import type { Entry, FactKind } from "@/lib/domain/entry";
import type { Terms } from "@/lib/domain/terms";

/** What says what was live; few of them, however many people there are. */
const publications = ["use-published", "policy-published", "policy-cancelled"] as const satisfies readonly FactKind[];

/**
 * A person's own entries and all publications up to an instant, oldest first: one statement, so one state of the ledger.
 * It walks the entries of the person and of these kinds by their indexes, never the ledger.
 */
export async function readEntriesUntil(person: string, at: Date): Promise<Entry[]> {
  const { rows } = await pool().query<{ body: string }>(
    `SELECT e.body FROM (
       SELECT index, body FROM ledger_entry WHERE person_id = $1::uuid AND recorded_at <= $2::timestamptz
       UNION ALL
       SELECT index, body FROM ledger_entry WHERE kind = ANY ($3::text[]) AND recorded_at <= $2::timestamptz
     ) e ORDER BY e.index`,
    [person, at, [...publications]],
  );
  return rows.map(({ body }) => parseEntry(body));
}

/** The database's moment, and that of the ledger's first entry (null while there is none). */
export async function readLedgerSpan(): Promise<{ now: Date; began: Date | null }> {
  const { rows } = await pool().query<{ now: Date; began: Date | null }>(
    `SELECT clock_timestamp() AS now, (SELECT recorded_at FROM ledger_entry ORDER BY index LIMIT 1) AS began`,
  );
  if (!rows[0]) throw new Error("the database does not tell the time");
  return rows[0];
}

/** The terms of every published version of these data uses, by key and number. They never change. */
export async function readTermsOf(uses: readonly string[]): Promise<Map<string, Map<number, Terms>>> {
  if (uses.length === 0) return new Map();
  const { rows } = await pool().query<{ key: string; number: number; terms: unknown }>(
    `SELECT u.key, v.number, v.terms FROM data_use u JOIN data_use_version v ON v.use_id = u.id
      WHERE u.key = ANY ($1::text[]) AND v.published_at IS NOT NULL`,
    [[...uses]],
  );
  const found = new Map<string, Map<number, Terms>>();
  for (const { key, number, terms } of rows) found.set(key, (found.get(key) ?? new Map<number, Terms>()).set(number, storedTerms.parse(terms)));
  return found;
}

export type Labels = {
  /** Names of data uses by key. */
  readonly uses: ReadonlyMap<string, string>;
  readonly policies: ReadonlyMap<string, { readonly title: string; readonly asks: PolicyAsks; readonly audience: string }>;
};

/** What data uses and policies are called, and whom policies are for; none of it changes once made. */
export async function readLabels(uses: readonly string[], policies: readonly string[]): Promise<Labels> {
  const [ofUses, ofPolicies] = await Promise.all([
    pool().query<{ key: string; name: string }>(`SELECT key, name FROM data_use WHERE key = ANY ($1::text[])`, [[...uses]]),
    pool().query<{ key: string; title: string; asks: PolicyAsks; audience: string }>(`SELECT key, title, asks, audience FROM policy WHERE key = ANY ($1::text[])`, [[...policies]]),
  ]);
  return {
    uses: new Map(ofUses.rows.map(({ key, name }) => [key, name])),
    policies: new Map(ofPolicies.rows.map(({ key, ...label }) => [key, label])),
  };
}
