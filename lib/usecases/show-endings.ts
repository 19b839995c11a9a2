import { personId } from "@/lib/contract/person";
import type { Ending } from "@/lib/contract/webhook";
import { database } from "@/lib/data/client";
import { readEndings } from "@/lib/data/webhooks";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { authorise } from "@/lib/usecases/authorise";

/** What one person ended, and which systems have followed. Throws `not-found`. */
export async function showEndings(actor: Actor, id: string): Promise<Ending[]> {
  authorise(actor, "people.read");
  if (!personId.safeParse(id).success) throw new Refusal("not-found", "There is no such person.");
  return readEndings(database(), id);
}
