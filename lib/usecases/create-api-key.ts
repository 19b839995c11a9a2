import { authorise } from "@/lib/usecases/authorise";
import { authoriseNow } from "@/lib/usecases/authorise-now";
import type { CreateApiKeyInput, CreatedApiKeyView } from "@/lib/contract/api-key";
import { findApiKey, insertApiKey, newApiKey } from "@/lib/data/api-keys";
import { writeToLedger } from "@/lib/data/ledger/write";
import type { Actor } from "@/lib/domain/actor";
import { otherRequest, sameRequest } from "@/lib/usecases/same-request";

/**
 * Makes a key for a host application and gives it back this one time: only its digest is kept, so a repeated request
 * says which key was made, without the key.
 */
export async function createApiKey(actor: Actor, input: CreateApiKeyInput): Promise<CreatedApiKeyView> {
  authorise(actor, "key.manage");
  return writeToLedger<CreatedApiKeyView>(
    { staff: actor.id },
    input.requestId,
    async ({ tx, now, append }) => {
      await authoriseNow(tx, actor, "key.manage");
      const { key, prefix } = newApiKey(input.kind);
      const { name, kind, scopes, origins } = input;
      const id = await insertApiKey(tx, { name, key, prefix, kind, scopes, origins, createdById: actor.id, now });
      append({ kind: "key-created", v: 1, key: id, scopes, ...(kind === "browser" ? { origins } : {}) });
      return { name, prefix, key, until: null };
    },
    async (tx, entries) => {
      const made = sameRequest(entries, "key-created", (entry) => entry.scopes.join() === input.scopes.join() && (entry.origins ?? []).join() === input.origins.join());
      const row = await findApiKey(tx, made.key);
      if (row?.name !== input.name) throw otherRequest();
      return { name: row.name, prefix: row.prefix, key: null, until: null };
    },
  );
}
