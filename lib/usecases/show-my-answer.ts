import type { HistoryLine } from "@/lib/contract/permission";
import { database } from "@/lib/data/client";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { authorisePerson } from "@/lib/usecases/authorise";
import { historyOf } from "./show-my-history-of";

/** One answer of this person by its entry's index, with the words shown. Throws `not-found`, also for somebody else's. */
export async function showMyAnswer(actor: Actor, index: number): Promise<HistoryLine> {
  authorisePerson(actor);
  const { lines: [line] } = await historyOf(database(), actor.id, index + 1, 1);
  if (line?.index !== index) throw new Refusal("not-found", "There is no such answer of yours.");
  return line;
}
