import { z } from "zod";
import { scopes, type ProgramActor } from "@/lib/domain/actor";
import { lookupPool } from "@/lib/data/client";
import { sha256 } from "@/lib/data/digest";
import { Gather } from "@/lib/data/gather";

const row = z.object({ id: z.string(), scopes: z.array(z.enum(scopes)) }).nullable();

const statement = {
  name: "program-keys",
  text: `
    SELECT k.id::text AS id, k.scopes
      FROM unnest($1::bytea[]) WITH ORDINALITY AS asked (digest, place)
      LEFT JOIN api_key k ON k.digest = asked.digest AND k.revoked_at IS NULL
     ORDER BY asked.place`,
};

async function readKeys(digests: Uint8Array[]): Promise<(ProgramActor | null)[]> {
  const { rows } = await lookupPool().query<{ id: string | null; scopes: string[] | null }>({ ...statement, values: [digests] });
  return rows.map((one) => {
    const key = row.parse(one.id === null ? null : one);
    return key && { kind: "program", keyId: key.id, scopes: key.scopes };
  });
}

const gather = new Gather<Uint8Array, ProgramActor | null>(readKeys, { atOnce: 2, most: 200 });
const usedAt = new Map<string, number>();

/**
 * The host application that holds this API key, or null for a key that is unknown or revoked. Read anew each time, so
 * that a revoked key stops at once; only `last_used_at` is written at most once a minute a key.
 */
export async function findProgram(apiKey: string): Promise<ProgramActor | null> {
  const actor = await gather.ask(Buffer.from(sha256(Buffer.from(apiKey, "utf8"))));
  if (actor) noteUse(actor.keyId);
  return actor;
}

function noteUse(keyId: string): void {
  const now = Date.now();
  if (now - (usedAt.get(keyId) ?? 0) < 60_000) return;
  usedAt.set(keyId, now);
  lookupPool()
    .query("UPDATE api_key SET last_used_at = clock_timestamp() WHERE id = $1", [keyId])
    .catch(() => usedAt.delete(keyId));
}

