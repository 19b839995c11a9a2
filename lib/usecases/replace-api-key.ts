import type { CreatedApiKeyView, ReplaceApiKeyInput } from "@/lib/contract/api-key";
import { endApiKey, findApiKey, insertApiKey, newApiKey } from "@/lib/data/api-keys";
import { writeToLedger } from "@/lib/data/ledger/write";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { authorise } from "@/lib/usecases/authorise";
import { authoriseNow } from "@/lib/usecases/authorise-now";
import { sameRequest } from "@/lib/usecases/same-request";

/**
 * Makes a successor for a key, alike in all but the key itself, and shows it this one time. The old one goes on for so
 * many hours, so that the program can change over without a pause, and then stops by itself. Throws `not-found`, and
 * `nothing-changed` for a key that is over or has a successor already.
 */
export async function replaceApiKey(actor: Actor, input: ReplaceApiKeyInput): Promise<CreatedApiKeyView> {
  authorise(actor, "key.manage");
  return writeToLedger<CreatedApiKeyView>(
    { staff: actor.id },
    input.requestId,
    async ({ tx, now, append }) => {
      await authoriseNow(tx, actor, "key.manage");
      const old = await findApiKey(tx, input.key);
      if (!old) throw new Refusal("not-found", "This key does not exist.");
      if (old.revokedAt) throw new Refusal("nothing-changed", "This key was revoked. Make a new one instead.");
      if (old.replacedBy) throw new Refusal("nothing-changed", "This key was replaced already. Replace its successor, or revoke it.");
      const { name, kind, scopes, origins } = old;
      const { key, prefix } = newApiKey(kind);
      const until = new Date(now.getTime() + input.overlap * 3_600_000);
      const id = await insertApiKey(tx, { name, key, prefix, kind, scopes, origins, replaces: old.id, createdById: actor.id, now });
      await endApiKey(tx, old.id, until);
      append({ kind: "key-rotated", v: 1, key: id, replaces: old.id, until: until.toISOString() });
      return { name, prefix, key, until };
    },
    async (tx, entries) => {
      const made = sameRequest(entries, "key-rotated", (entry) => entry.replaces === input.key);
      const row = await findApiKey(tx, made.key);
      if (!row) throw new Refusal("not-found", "This key does not exist.");
      return { name: row.name, prefix: row.prefix, key: null, until: new Date(made.until) };
    },
  );
}
