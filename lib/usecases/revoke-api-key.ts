import { authorise } from "@/lib/usecases/authorise";
import { authoriseNow } from "@/lib/usecases/authorise-now";
import type { RevokeApiKeyInput } from "@/lib/contract/api-key";
import { findApiKey } from "@/lib/data/api-keys";
import { writeToLedger } from "@/lib/data/ledger/write";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { sameRequest } from "@/lib/usecases/same-request";

/** Ends a key for good: the next request with it is refused. Throws `not-found` or `nothing-changed`. */
export async function revokeApiKey(actor: Actor, input: RevokeApiKeyInput): Promise<void> {
  authorise(actor, "key.manage");
  await writeToLedger<void>(
    { staff: actor.id },
    input.requestId,
    async ({ tx, now, append }) => {
      await authoriseNow(tx, actor, "key.manage");
      const row = await findApiKey(tx, input.key);
      if (!row) throw new Refusal("not-found", "This key does not exist.");
      if (row.revokedAt) throw new Refusal("nothing-changed", "This key was already revoked.");
      await tx.apiKey.update({ where: { id: input.key }, data: { revokedAt: now }, select: { id: true } });
      append({ kind: "key-revoked", v: 1, key: input.key });
    },
    async (_tx, entries) => void sameRequest(entries, "key-revoked", (entry) => entry.key === input.key),
  );
}
