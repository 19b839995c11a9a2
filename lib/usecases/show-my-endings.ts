import type { Ending } from "@/lib/contract/webhook";
import { database } from "@/lib/data/client";
import { readEndings } from "@/lib/data/webhooks";
import type { Actor } from "@/lib/domain/actor";
import { authorisePerson } from "@/lib/usecases/authorise";

/** What this person ended and still stands, and which systems have followed. */
export async function showMyEndings(actor: Actor): Promise<Ending[]> {
  authorisePerson(actor);
  return (await readEndings(database(), actor.id)).filter(({ current }) => current);
}
