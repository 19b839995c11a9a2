import type { WebhookActInput, WebhookSecretView } from "@/lib/contract/webhook";
import { database } from "@/lib/data/client";
import { newSecret, secretInWords } from "@/lib/data/webhook-signature";
import { findWebhook, replaceSecret } from "@/lib/data/webhooks";
import type { Actor } from "@/lib/domain/actor";
import { authorise } from "@/lib/usecases/authorise";
import { manageWebhook } from "@/lib/usecases/manage-webhook";

/** A new secret, given back this one time. For a day the one before signs beside it, so that nothing is lost on the way. */
export async function rotateWebhookSecret(actor: Actor, input: WebhookActInput): Promise<WebhookSecretView> {
  authorise(actor, "key.manage");
  const secret = newSecret();
  const done = await manageWebhook(actor, input, async ({ tx, now }, { id }) => {
    await replaceSecret(tx, id, secret, now);
    return { kind: "webhook-changed", v: 1, webhook: id, changed: ["secret"] };
  });
  const name = (await findWebhook(database(), input.webhook))?.name ?? "";
  return { id: input.webhook, name, secret: done === "done" ? secretInWords(secret) : null };
}
