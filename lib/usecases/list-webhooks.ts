import type { WebhookView } from "@/lib/contract/webhook";
import { database } from "@/lib/data/client";
import { countOpen, selectWebhooks } from "@/lib/data/webhooks";
import type { Actor } from "@/lib/domain/actor";
import { authorise } from "@/lib/usecases/authorise";

/** Everybody who is told what happens. */
export async function listWebhooks(actor: Actor): Promise<WebhookView[]> {
  authorise(actor, "key.manage");
  const rows = await selectWebhooks(database());
  const open = await countOpen(database(), rows.map(({ id }) => id));
  return rows.map((row) => ({ ...row, ...(open.get(row.id) ?? { waiting: 0, parked: 0 }) }));
}
