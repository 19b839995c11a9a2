import { randomBytes } from "node:crypto";
import type { ApiKeyView } from "@/lib/contract/api-key";
import { database, type Tx } from "@/lib/data/client";
import { sha256 } from "@/lib/data/digest";
import { keyKinds, scopes as allScopes, type KeyKind, type Scope } from "@/lib/domain/actor";

const digestOfKey = (key: string) => sha256(Buffer.from(key, "utf8"));

/** A new key: `hs_` (a browser's: `hb_`) and 32 random bytes in base64url. The prefix is how people tell keys apart. */
export function newApiKey(kind: KeyKind = "server"): { key: string; prefix: string } {
  const key = `${kind === "browser" ? "hb" : "hs"}_${randomBytes(32).toString("base64url")}`;
  return { key, prefix: key.slice(0, 10) };
}

type NewKey = {
  name: string;
  key: string;
  prefix: string;
  scopes: readonly Scope[];
  kind?: KeyKind;
  origins?: readonly string[];
  /** The id of the key whose place it takes. */
  replaces?: string;
  createdById: string | null;
  now: Date;
};

/** Keeps the digest of a key, never the key. */
export async function insertApiKey(tx: Tx, { name, key, prefix, scopes, kind = "server", origins = [], replaces, createdById, now }: NewKey): Promise<string> {
  const data = { name, prefix, kind, digest: digestOfKey(key), scopes: [...scopes], origins: [...origins], replacesId: replaces ?? null, createdById, createdAt: now };
  return (await tx.apiKey.create({ data, select: { id: true } })).id;
}

const shown = {
  id: true, name: true, prefix: true, kind: true, scopes: true, origins: true, createdAt: true, lastUsedAt: true, revokedAt: true, expiresAt: true,
  replacesId: true, replacedBy: { select: { id: true } },
} as const;

export type ApiKeyRow = Omit<ApiKeyView, "state" | "until" | "replaced"> & {
  readonly revokedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly replacesId: string | null;
  readonly replacedBy: { readonly id: string } | null;
};

const typed = <R extends { kind: string; scopes: string[] }>(row: R) => ({
  ...row,
  kind: keyKinds.find((kind) => kind === row.kind) ?? "server",
  scopes: allScopes.filter((scope) => row.scopes.includes(scope)),
});

/** A page of keys, newest first, after the one of this id; one row more than `take` says there is more. */
export async function selectApiKeys(after: string | undefined, take: number): Promise<ApiKeyRow[]> {
  const cursor = after && (await database().apiKey.findUnique({ where: { id: after }, select: { id: true } }));
  const rows = await database().apiKey.findMany({
    ...(cursor ? { cursor, skip: 1 } : {}),
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: take + 1,
    select: shown,
  });
  return rows.map(typed);
}

export async function findApiKey(tx: Tx, id: string): Promise<ApiKeyRow | null> {
  const row = await tx.apiKey.findUnique({ where: { id }, select: shown });
  return row && typed(row);
}

/** Lets a key stop by itself at this moment. */
export async function endApiKey(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.apiKey.update({ where: { id }, data: { expiresAt: at }, select: { id: true } });
}
