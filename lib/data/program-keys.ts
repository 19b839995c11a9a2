import { z } from "zod";
import { keyKinds, scopes, type KeyKind, type ProgramActor, type Scope } from "@/lib/domain/actor";
import { lookupPool } from "@/lib/data/client";
import { sha256 } from "@/lib/data/digest";
import { Gather } from "@/lib/data/gather";

/** A key's row as a statement gives it, or null where there is none that holds. A browser's key may do nothing by itself. */
export const programOf = z
  .object({ id: z.string(), scopes: z.array(z.enum(scopes)) })
  .nullable()
  .transform((key): ProgramActor | null => key && { kind: "program", keyId: key.id, scopes: key.scopes, person: null });

/** What is stored of an API key, and what it is found by: SHA-256. */
export const apiKeyDigest = (apiKey: string): Buffer => Buffer.from(sha256(Buffer.from(apiKey, "utf8")));

export type FoundKey = {
  readonly id: string;
  readonly scopes: readonly Scope[];
  readonly kind: KeyKind;
  /** Of a browser's key: the pages from which it may be used. */
  readonly origins: readonly string[];
  /** Whether the token's moment has not come yet, its person is not forgotten, and the key that minted it was not revoked. */
  readonly tokenHolds: boolean;
  readonly tokenFresh: boolean;
};

const row = z.object({
  id: z.string().nullable(),
  scopes: z.array(z.enum(scopes)).nullable(),
  kind: z.enum(keyKinds).nullable(),
  origins: z.array(z.string()).nullable(),
  tokenHolds: z.boolean(),
  tokenFresh: z.boolean(),
});

const statement = {
  name: "program-key",
  text: `
    SELECT k.id::text AS id, k.scopes, k.kind, k.origins,
           EXISTS (SELECT 1 FROM person p WHERE p.id = asked.person AND p.forgotten_at IS NULL)
             AND EXISTS (SELECT 1 FROM api_key m WHERE m.id = asked.minter AND m.revoked_at IS NULL) AS "tokenHolds",
           COALESCE(to_timestamp(asked.exp) > clock_timestamp(), false) AS "tokenFresh"
      FROM unnest($1::bytea[], $2::uuid[], $3::uuid[], $4::float8[]) WITH ORDINALITY asked (digest, person, minter, exp, place)
      LEFT JOIN api_key k ON k.digest = asked.digest AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > clock_timestamp())
     ORDER BY asked.place`,
};

const usedAt = new Map<string, number>();

/** What a token says of whom its bearer speaks for; `exp` in seconds since 1970. */
export type TokenClaims = { readonly person: string; readonly key: string; readonly exp: number };

type Sought = { readonly apiKey: string; readonly token: TokenClaims | null };

async function findKeys(sought: readonly Sought[]): Promise<(FoundKey | null)[]> {
  const { rows } = await lookupPool().query<Record<string, unknown>>({
    ...statement,
    values: [
      sought.map(({ apiKey }) => apiKeyDigest(apiKey)),
      sought.map(({ token }) => token?.person ?? null),
      sought.map(({ token }) => token?.key ?? null),
      sought.map(({ token }) => token?.exp ?? null),
    ],
  });
  return rows.map((one) => {
    const { id, scopes: allowed, kind, origins, ...token } = row.parse(one);
    return id === null || allowed === null || kind === null || origins === null ? null : { id, scopes: allowed, kind, origins, ...token };
  });
}

const gather = new Gather<Sought, FoundKey | null>(findKeys, { atOnce: 2, most: 200 });

/**
 * The API key and whether the token beside it holds, or null for a key that is unknown, revoked or has run out. Read anew
 * each time, together with whoever else calls at this moment, so that a revoked key stops at once; only `last_used_at` is
 * written at most once a minute a key.
 */
export async function findProgramKey(apiKey: string, token: TokenClaims | null): Promise<FoundKey | null> {
  const found = await gather.ask({ apiKey, token });
  if (found) noteKeyUse(found.id);
  return found;
}

/** Notes that a key was used, at most once a minute a key and process. */
export function noteKeyUse(keyId: string): void {
  const now = Date.now();
  if (now - (usedAt.get(keyId) ?? 0) < 60_000) return;
  usedAt.set(keyId, now);
  lookupPool()
    .query("UPDATE api_key SET last_used_at = clock_timestamp() WHERE id = $1", [keyId])
    .catch(() => usedAt.delete(keyId));
}

/** Whether any browser's key that still holds names this page: before the real request a browser does not say which key it has. */
export async function isKnownOrigin(origin: string): Promise<boolean> {
  const { rows } = await lookupPool().query<{ known: boolean }>({
    name: "known-origin",
    text: `SELECT EXISTS (SELECT 1 FROM api_key WHERE kind = 'browser' AND $1 = ANY (origins)
             AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > clock_timestamp())) AS known`,
    values: [origin],
  });
  return rows[0]?.known ?? false;
}
