import { database } from "@/lib/data/client";
import { selectPublishedUses } from "@/lib/data/list-decisions";
import type { Actor } from "@/lib/domain/actor";
import { authorise } from "@/lib/usecases/authorise";

/** The data uses that a list can be cleansed for, by name. */
export async function listCleansable(actor: Actor): Promise<{ readonly key: string; readonly name: string }[]> {
  authorise(actor, "list.cleanse");
  return selectPublishedUses(database());
}
