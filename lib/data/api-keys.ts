import { randomBytes } from "node:crypto";
import { database, type Tx } from "@/lib/data/client";
import { sha256 } from "@/lib/data/digest";
import { scopes as allScopes, type Scope } from "@/lib/domain/actor";

const digestOfKey = (key: string) => sha256(Buffer.from(key, "utf8"));
const scopesOf = (words: readonly string[]): Scope[] => allScopes.filter((scope) => words.includes(scope));

/** A new key: `hs_` and 32 random bytes in base64url. The prefix is how people tell keys apart. */
export function newApiKey(): { key: string; prefix: string } {
  const key = `hs_${randomBytes(32).toString("base64url")}`;
  return { key, prefix: key.slice(0, 10) };
}

type NewKey = { name: string; key: string; prefix: string; scopes: readonly Scope[]; createdById: string | null; now: Date };

/** Keeps the digest of a key, never the key. */
export async function insertApiKey(tx: Tx, { name, key, prefix, scopes, createdById, now }: NewKey): Promise<string> {
  const data = { name, prefix, digest: digestOfKey(key), scopes: [...scopes], createdById, createdAt: now };
  return (await tx.apiKey.create({ data, select: { id: true } })).id;
}

const shown = { id: true, name: true, prefix: true, scopes: true, createdAt: true, lastUsedAt: true, revokedAt: true } as const;

/** A page of keys, newest first, after the one of this id; one row more than `take` says there is more. */
export async function selectApiKeys(after: string | undefined, take: number) {
  const cursor = after && (await database().apiKey.findUnique({ where: { id: after }, select: { id: true } }));
  const rows = await database().apiKey.findMany({
    ...(cursor ? { cursor, skip: 1 } : {}),
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: take + 1,
    select: shown,
  });
  return rows.map((row) => ({ ...row, scopes: scopesOf(row.scopes) }));
}

export async function findApiKey(tx: Tx, id: string) {
  const row = await tx.apiKey.findUnique({ where: { id }, select: shown });
  return row && { ...row, scopes: scopesOf(row.scopes) };
}
