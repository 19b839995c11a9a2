import { createHash, randomBytes, randomUUID } from "node:crypto";
import type pg from "pg";

/** Rows put straight into the tables as their owner, for tests of what reads them. */

/** Puts a first ledger entry there if none is, so that published rows have one to point at. */
export async function anyEntry(owner: pg.Client): Promise<void> {
  await owner.query(
    `INSERT INTO ledger_entry (index, kind, body, leaf, previous, recorded_at, request_id)
     SELECT 0, 'test', '{}', sha256('\\x00'::bytea || '{}'), decode(repeat('00', 32), 'hex'), now(), 'test'
      WHERE NOT EXISTS (SELECT 1 FROM ledger_entry)`,
  );
}

/** A data use with published versions; `carries` lists the pairs [answered, requested] that an answer carries over. */
export async function publishedUse(
  owner: pg.Client,
  use: { key: string; versions: readonly { basis: string }[]; carries?: readonly (readonly [number, number])[] },
): Promise<string> {
  await anyEntry(owner);
  const id = randomUUID();
  await owner.query("INSERT INTO data_use (id, key, name) VALUES ($1, $2, $2)", [id, use.key]);
  for (const [i, version] of use.versions.entries()) await publishVersion(owner, id, i + 1, version.basis, use.carries ?? []);
  return id;
}

/** Publishes the next version of a use and writes its coverage, as publishing does. */
export async function publishVersion(owner: pg.Client, useId: string, number: number, basis: string, carries: readonly (readonly [number, number])[]): Promise<void> {
  await owner.query(
    `INSERT INTO data_use_version (use_id, number, terms, legal_basis, gpc_concern, author_ids, published_at, published_by_id, reask, replaces_id, digest, entry_index)
     VALUES ($1, $2, '{}', $3, 'none', '{}', clock_timestamp(), gen_random_uuid(), 'any',
             (SELECT id FROM data_use_version WHERE use_id = $1 AND number = $2 - 1), '\\x00', 0)`,
    [useId, number, basis],
  );
  for (let earlier = 1; earlier < number; earlier++) {
    for (const [answered, requested] of [[earlier, number], [number, earlier]] as const) {
      await owner.query("INSERT INTO version_coverage VALUES ($1, $2, $3, $4)", [
        useId,
        answered,
        requested,
        carries.some(([from, to]) => from === answered && to === requested),
      ]);
    }
  }
}

export async function personRow(owner: pg.Client, refHash: Uint8Array): Promise<string> {
  const id = randomUUID();
  await owner.query("INSERT INTO person (id, ref_hash) VALUES ($1, $2)", [id, refHash]);
  return id;
}

export async function permissionRow(owner: pg.Client, row: { person: string; use: string; state: string; version: number; expiresAt?: Date }): Promise<void> {
  await owner.query(
    `INSERT INTO permission (person_id, use_id, state, version, answered_at, expires_at, channel, entry_index)
     VALUES ($1, $2, $3, $4, clock_timestamp(), $5, 'test', 0)
     ON CONFLICT (person_id, use_id) DO UPDATE SET state = excluded.state, version = excluded.version, answered_at = excluded.answered_at, expires_at = excluded.expires_at`,
    [row.person, row.use, row.state, row.version, row.expiresAt ?? null],
  );
}

/** An API key with these scopes; gives back the key. */
export async function apiKeyRow(owner: pg.Client, scopes: readonly string[]): Promise<string> {
  const key = `hs_${randomBytes(32).toString("base64url")}`;
  await owner.query("INSERT INTO api_key (name, prefix, digest, scopes) VALUES ('test', $1, $2, $3)", [
    key.slice(0, 8),
    createHash("sha256").update(key).digest(),
    scopes,
  ]);
  return key;
}

/** A browser's key for pages of these origins; gives back the key. */
export async function browserKeyRow(owner: pg.Client, origins: readonly string[]): Promise<string> {
  const key = `hb_${randomBytes(32).toString("base64url")}`;
  await owner.query("INSERT INTO api_key (name, prefix, digest, kind, scopes, origins) VALUES ('test page', $1, $2, 'browser', '{ask}', $3)", [
    key.slice(0, 8),
    createHash("sha256").update(key).digest(),
    origins,
  ]);
  return key;
}
