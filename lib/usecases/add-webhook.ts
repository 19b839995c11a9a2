import type { AddWebhookInput, WebhookSecretView } from "@/lib/contract/webhook";
import { writeToLedger } from "@/lib/data/ledger/write";
import { settings } from "@/lib/data/settings/settings";
import { newSecret, secretInWords } from "@/lib/data/webhook-signature";
import { findWebhook, insertWebhook } from "@/lib/data/webhooks";
import type { Actor } from "@/lib/domain/actor";
import { authorise } from "@/lib/usecases/authorise";
import { authoriseNow } from "@/lib/usecases/authorise-now";
import { requireSecured } from "@/lib/usecases/require-secured";
import { otherRequest, sameRequest } from "@/lib/usecases/same-request";

/**
 * Adds a subscriber. Its secret is given back this one time: a repeated request says which one was added, without it.
 * Throws `invalid` for an address without TLS.
 */
export async function addWebhook(actor: Actor, { requestId, ...said }: AddWebhookInput): Promise<WebhookSecretView> {
  authorise(actor, "key.manage");
  requireSecured(said.url, settings().webhooksToLocalhost);
  return writeToLedger<WebhookSecretView>(
    { staff: actor.id },
    requestId,
    async ({ tx, now, append }) => {
      await authoriseNow(tx, actor, "key.manage");
      const secret = newSecret();
      const id = await insertWebhook(tx, { ...said, createdById: actor.id, createdAt: now }, secret);
      append({ kind: "webhook-created", v: 1, webhook: id, kinds: said.kinds, confirms: said.confirms });
      return { id, name: said.name, secret: secretInWords(secret) };
    },
    async (tx, entries) => {
      const made = sameRequest(entries, "webhook-created", (entry) => entry.kinds.join() === said.kinds.join() && entry.confirms === said.confirms);
      const row = await findWebhook(tx, made.webhook);
      if (row?.name !== said.name || row.url !== said.url) throw otherRequest();
      return { id: row.id, name: row.name, secret: null };
    },
  );
}
