import type { DeliveriesQuery, WebhookPage } from "@/lib/contract/webhook";
import { database } from "@/lib/data/client";
import { databaseNow } from "@/lib/data/clock";
import { countOpen, findWebhook, pageOfDeliveries } from "@/lib/data/webhooks";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { authorise } from "@/lib/usecases/authorise";

/** One subscriber and what went to it, newest first. Throws `not-found`. */
export async function showWebhook(actor: Actor, id: string, { before, state }: DeliveriesQuery): Promise<WebhookPage> {
  authorise(actor, "key.manage");
  const db = database();
  const row = await findWebhook(db, id);
  if (!row) throw new Refusal("not-found", "There is no such webhook, or it was removed.");
  const [open, page, now] = await Promise.all([countOpen(db, [id]), pageOfDeliveries(db, id, before ?? null, state ?? null), databaseNow(db)]);
  return { webhook: { ...row, ...(open.get(id) ?? { waiting: 0, parked: 0 }) }, ...page, state: state ?? null, now };
}
