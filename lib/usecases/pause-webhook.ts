import type { WebhookActInput } from "@/lib/contract/webhook";
import { pauseWebhook as pause } from "@/lib/data/webhooks";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { authorise } from "@/lib/usecases/authorise";
import { manageWebhook } from "@/lib/usecases/manage-webhook";

/** Keeps what a subscriber is to be told until it is resumed. Throws `not-found`, `nothing-changed`. */
export async function pauseWebhook(actor: Actor, input: WebhookActInput): Promise<void> {
  authorise(actor, "key.manage");
  await manageWebhook(actor, input, async ({ tx, now }, { id, pausedAt }) => {
    if (pausedAt) throw new Refusal("nothing-changed", "This webhook is paused already.");
    await pause(tx, id, now);
    return { kind: "webhook-changed", v: 1, webhook: id, changed: ["paused"] };
  });
}
