import { database } from "@/lib/data/client";
import { confirmDelivery } from "@/lib/data/webhooks";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { authoriseProgram } from "@/lib/usecases/authorise";

/** A subscriber says that it has acted on a message. @returns since when it is confirmed. Throws `not-found`. */
export async function confirmEvent(actor: Actor, event: string): Promise<Date> {
  authoriseProgram(actor, "remember");
  const at = await confirmDelivery(database(), event);
  if (!at) throw new Refusal("not-found", "There is no such message.", { faults: [{ path: "event", message: "Not a message that was sent." }] });
  return at;
}
