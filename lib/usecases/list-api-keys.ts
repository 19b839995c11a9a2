import { authorise } from "@/lib/usecases/authorise";
import type { ApiKeysView, ApiKeyView } from "@/lib/contract/api-key";
import { selectApiKeys } from "@/lib/data/api-keys";
import { database } from "@/lib/data/client";
import { databaseNow } from "@/lib/data/clock";
import type { Actor } from "@/lib/domain/actor";

const page = 50;

/** The keys of host applications, newest first; never a key itself. */
export async function listApiKeys(actor: Actor, query: { readonly after?: string | undefined } = {}): Promise<ApiKeysView> {
  authorise(actor, "key.manage");
  const [rows, now] = [await selectApiKeys(query.after, page), await databaseNow(database())];
  const keys = rows.slice(0, page).map(({ revokedAt, expiresAt, replacedBy, ...row }): ApiKeyView => {
    const state = revokedAt ? "revoked" : expiresAt === null ? "in-use" : expiresAt > now ? "ending" : "ended";
    const { id, name, prefix, kind, scopes, origins, createdAt, lastUsedAt } = row;
    return { id, name, prefix, kind, scopes, origins, createdAt, lastUsedAt, state, until: expiresAt, replaced: replacedBy !== null };
  });
  return { keys, next: rows.length > page ? (keys.at(-1)?.id ?? null) : null, now };
}
