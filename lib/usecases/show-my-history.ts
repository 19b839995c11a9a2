import type { HistoryPage } from "@/lib/contract/permission";
import { database } from "@/lib/data/client";
import type { Actor } from "@/lib/domain/actor";
import { authorisePerson } from "@/lib/usecases/authorise";
import { historyOf } from "./show-my-history-of";

const pageSize = 20;

/** Everything this person ever answered, newest first; `below` is where the page before ended. */
export async function showMyHistory(actor: Actor, below: number | null): Promise<HistoryPage> {
  authorisePerson(actor);
  return historyOf(database(), actor.id, below, pageSize);
}
