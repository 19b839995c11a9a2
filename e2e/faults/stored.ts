import pg from "pg";
import { z } from "zod";

/** An entry as it lies in the database. */
export type StoredEntry = { readonly index: number; readonly body: string; readonly leaf: Buffer; readonly previous: Buffer; readonly recordedAt: Date; readonly request: string; readonly place: number; readonly said: Said };

/** What the check reads in an entry's body; whatever else it says is covered by its leaf. */
const said = z.looseObject({
  kind: z.string(),
  index: z.int(),
  at: z.string(),
  previous: z.string(),
  request: z.string(),
  person: z.string().optional(),
  use: z.string().optional(),
  policy: z.string().optional(),
  version: z.int().optional(),
  answer: z.string().optional(),
  what: z.string().optional(),
});
export type Said = z.infer<typeof said>;

/** A person's answer about a data use or policy, as the tables for fast reading have it. */
export type Standing = { readonly person: string; readonly about: string; readonly answer: string; readonly version: number; readonly index: number };

export type Stored = {
  readonly entries: readonly StoredEntry[];
  readonly nodes: readonly { readonly level: number; readonly position: number; readonly hash: Buffer }[];
  readonly checkpoints: readonly { readonly size: number; readonly root: Buffer; readonly note: string }[];
  readonly standings: readonly Standing[];
  readonly organisation: string;
};

/** Everything that the ledger consists of, and what goes with it, as of one moment. */
export async function readStored(url: string): Promise<Stored> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const all = async <T extends object>(sql: string): Promise<T[]> => (await client.query<T>(sql)).rows;
    const entries = await all<Omit<StoredEntry, "said">>(
      `SELECT index::float8 AS index, body, leaf, previous, recorded_at AS "recordedAt", request_id AS request, request_position AS place FROM ledger_entry ORDER BY index`,
    );
    const [organisation] = await all<{ name: string }>("SELECT name FROM organisation");
    return {
      entries: entries.map((entry) => ({ ...entry, said: said.parse(JSON.parse(entry.body)) })),
      nodes: await all("SELECT level, position::float8 AS position, hash FROM ledger_node"),
      checkpoints: await all("SELECT size::float8 AS size, root, note FROM ledger_checkpoint ORDER BY size"),
      standings: await all(
        `SELECT p.person_id AS person, 'use ' || u.key AS about, p.state AS answer, p.version, p.entry_index::float8 AS index FROM permission p JOIN data_use u ON u.id = p.use_id
         UNION ALL SELECT a.person_id, 'policy ' || o.key, a.state, a.version, a.entry_index::float8 FROM acceptance a JOIN policy o ON o.id = a.policy_id`,
      ),
      organisation: organisation?.name ?? "",
    };
  } finally {
    await client.end();
  }
}
