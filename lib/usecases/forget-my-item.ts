import { database } from "@/lib/data/client";
import { removeItem, tellRemoved } from "@/lib/data/memory";
import type { Actor } from "@/lib/domain/actor";
import { authorisePerson } from "@/lib/usecases/authorise";

/** Takes away one thing that is remembered for this person, for good, and tells the hosts; false where it was gone already. */
export async function forgetMyItem(actor: Actor, key: string): Promise<boolean> {
  authorisePerson(actor);
  return database().$transaction(async (tx) => {
    const useId = await removeItem(tx, actor.id, key);
    if (useId !== null) await tellRemoved(tx, actor.id, useId);
    return useId !== null;
  });
}
