import type { PromptList } from "@/lib/contract/prompt";
import type { ListPage } from "@/lib/contract/use";
import { database } from "@/lib/data/client";
import { listPrompts as listRows } from "@/lib/data/prompts";
import type { Actor } from "@/lib/domain/actor";
import { may } from "@/lib/domain/roles";
import { authorise } from "@/lib/usecases/authorise";

/** One page of data uses, by name, with where the prompt of each stands. */
export async function listPrompts(actor: Actor, page: ListPage): Promise<PromptList> {
  authorise(actor, "studio.read");
  const found = await listRows(database(), page);
  return { ...found, query: page.q, can: { write: may(actor, "prompt.write"), publish: may(actor, "prompt.publish") } };
}
