import type { WebhookActInput } from "@/lib/contract/webhook";
import { pauseWebhook } from "@/lib/data/webhooks";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { authorise } from "@/lib/usecases/authorise";
import { manageWebhook } from "@/lib/usecases/manage-webhook";

/** Goes on telling a subscriber that was paused, beginning with what waited. Throws `not-found`, `nothing-changed`. */
export async function resumeWebhook(actor: Actor, input: WebhookActInput): Promise<void> {
  authorise(actor, "key.manage");
  await manageWebhook(actor, input, async ({ tx }, { id, pausedAt }) => {
    if (!pausedAt) throw new Refusal("nothing-changed", "This webhook is not paused.");
    await pauseWebhook(tx, id, null);
    return { kind: "webhook-changed", v: 1, webhook: id, changed: ["resumed"] };
  });
}
