import type { ChangeWebhookInput } from "@/lib/contract/webhook";
import { settings } from "@/lib/data/settings/settings";
import { updateWebhook } from "@/lib/data/webhooks";
import type { Actor } from "@/lib/domain/actor";
import type { WebhookChange } from "@/lib/domain/entry";
import { Refusal } from "@/lib/domain/refusal";
import { authorise } from "@/lib/usecases/authorise";
import { manageWebhook } from "@/lib/usecases/manage-webhook";
import { requireSecured } from "@/lib/usecases/require-secured";

/** Changes a subscriber's name, address, and what it is told of. Throws `not-found`, `nothing-changed`, `invalid`. */
export async function changeWebhook(actor: Actor, input: ChangeWebhookInput): Promise<void> {
  authorise(actor, "key.manage");
  requireSecured(input.url, settings().webhooksToLocalhost);
  await manageWebhook(actor, input, async ({ tx }, before) => {
    const differs: readonly (readonly [WebhookChange, boolean])[] = [
      ["name", before.name !== input.name],
      ["address", before.url !== input.url],
      ["kinds", before.kinds.join() !== input.kinds.join()],
      ["confirms", before.confirms !== input.confirms],
    ];
    const changed = differs.filter(([, is]) => is).map(([change]) => change);
    if (changed.length === 0) throw new Refusal("nothing-changed", "Nothing was changed.");
    await updateWebhook(tx, before.id, { name: input.name, url: input.url, kinds: input.kinds, confirms: input.confirms });
    return { kind: "webhook-changed", v: 1, webhook: before.id, changed };
  });
}
