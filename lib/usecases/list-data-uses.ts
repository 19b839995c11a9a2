import type { ListPage, UseList } from "@/lib/contract/use";
import { database } from "@/lib/data/client";
import { listUses } from "@/lib/data/uses";
import type { Actor } from "@/lib/domain/actor";
import { may } from "@/lib/domain/roles";
import { authorise } from "@/lib/usecases/authorise";

/** One page of the organisation's data uses, by name. */
export async function listDataUses(actor: Actor, page: ListPage): Promise<UseList> {
  authorise(actor, "studio.read");
  const found = await listUses(database(), page);
  return { ...found, query: page.q, can: { write: may(actor, "use.write"), publish: may(actor, "use.publish") } };
}
