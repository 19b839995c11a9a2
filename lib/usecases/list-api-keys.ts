import { authorise } from "@/lib/usecases/authorise";
import type { ApiKeysView } from "@/lib/contract/api-key";
import { selectApiKeys } from "@/lib/data/api-keys";
import type { Actor } from "@/lib/domain/actor";

const page = 50;

/** The keys of host applications, newest first; never a key itself. */
export async function listApiKeys(actor: Actor, query: { readonly after?: string | undefined } = {}): Promise<ApiKeysView> {
  authorise(actor, "key.manage");
  const rows = await selectApiKeys(query.after, page);
  const keys = rows.slice(0, page);
  return { keys, next: rows.length > page ? (keys.at(-1)?.id ?? null) : null };
}
