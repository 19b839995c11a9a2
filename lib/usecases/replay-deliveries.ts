import type { ReplayInput } from "@/lib/contract/webhook";
import { database } from "@/lib/data/client";
import { findWebhook, replayDeliveries as replay } from "@/lib/data/webhooks";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { authorise } from "@/lib/usecases/authorise";

/** Sends one delivery again, or all that were parked. @returns how many. Throws `not-found`, `nothing-changed`. */
export async function replayDeliveries(actor: Actor, { webhook, delivery }: ReplayInput): Promise<number> {
  authorise(actor, "key.manage");
  if (!(await findWebhook(database(), webhook))) throw new Refusal("not-found", "There is no such webhook, or it was removed.");
  const count = await replay(database(), webhook, delivery ?? null);
  if (count === 0) throw new Refusal("nothing-changed", delivery ? "This delivery is on its way just now." : "Nothing is parked.");
  return count;
}
