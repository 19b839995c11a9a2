import { z } from "zod";
import { scopes, type ProgramActor } from "@/lib/domain/actor";
import { lookupPool } from "@/lib/data/client";
import { sha256 } from "@/lib/data/digest";

/** A key's row as a statement gives it, or null where there is none that holds. */
export const programOf = z
  .object({ id: z.string(), scopes: z.array(z.enum(scopes)) })
  .nullable()
  .transform((key): ProgramActor | null => key && { kind: "program", keyId: key.id, scopes: key.scopes, person: null });

/** What is stored of an API key, and what it is found by: SHA-256. */
export const apiKeyDigest = (apiKey: string): Buffer => Buffer.from(sha256(Buffer.from(apiKey, "utf8")));

const statement = {
  name: "program-key",
  text: "SELECT id::text AS id, scopes FROM api_key WHERE digest = $1 AND revoked_at IS NULL",
};

const usedAt = new Map<string, number>();

/**
 * The host application that holds this API key, or null for a key that is unknown or revoked. Read anew each time, so
 * that a revoked key stops at once; only `last_used_at` is written at most once a minute a key.
 */
export async function findProgram(apiKey: string): Promise<ProgramActor | null> {
  const { rows } = await lookupPool().query<Record<string, unknown>>({ ...statement, values: [apiKeyDigest(apiKey)] });
  const program = programOf.parse(rows[0] ?? null);
  if (program) noteKeyUse(program);
  return program;
}

/** Notes that a key was used, at most once a minute a key and process. */
export function noteKeyUse({ keyId }: ProgramActor): void {
  const now = Date.now();
  if (now - (usedAt.get(keyId) ?? 0) < 60_000) return;
  usedAt.set(keyId, now);
  lookupPool()
    .query("UPDATE api_key SET last_used_at = clock_timestamp() WHERE id = $1", [keyId])
    .catch(() => usedAt.delete(keyId));
}

