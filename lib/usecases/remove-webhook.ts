import type { WebhookActInput } from "@/lib/contract/webhook";
import { removeWebhook as remove } from "@/lib/data/webhooks";
import type { Actor } from "@/lib/domain/actor";
import { authorise } from "@/lib/usecases/authorise";
import { manageWebhook } from "@/lib/usecases/manage-webhook";

/** Ends a subscription: what was not sent never is. Throws `not-found`. */
export async function removeWebhook(actor: Actor, input: WebhookActInput): Promise<void> {
  authorise(actor, "key.manage");
  await manageWebhook(actor, input, async ({ tx, now }, { id }) => {
    await remove(tx, id, now);
    return { kind: "webhook-removed", v: 1, webhook: id };
  });
}
