import { database } from "@/lib/data/client";
import { findWebhook, queueTest } from "@/lib/data/webhooks";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { authorise } from "@/lib/usecases/authorise";

/** Sends a subscriber something that means nothing, so that staff see whether it arrives. Throws `not-found`. */
export async function testWebhook(actor: Actor, webhook: string): Promise<void> {
  authorise(actor, "key.manage");
  if (!(await findWebhook(database(), webhook))) throw new Refusal("not-found", "There is no such webhook, or it was removed.");
  await queueTest(database(), webhook);
}
