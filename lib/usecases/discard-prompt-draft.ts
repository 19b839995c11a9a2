import type { SeenPromptDraft } from "@/lib/contract/prompt";
import { database } from "@/lib/data/client";
import { deletePromptDraft } from "@/lib/data/prompts";
import { requireUse } from "@/lib/data/uses";
import type { Actor } from "@/lib/domain/actor";
import { authorise } from "@/lib/usecases/authorise";
import { refuseChangedPrompt } from "@/lib/usecases/refuse-changed-draft";

/** Removes a prompt's draft as it was seen; what is published stays. Throws as saving does. */
export async function discardPromptDraft(actor: Actor, input: SeenPromptDraft): Promise<{ key: string }> {
  authorise(actor, "prompt.write");
  const db = database();
  const use = await requireUse(db, input.key);
  const seen = { useId: use.id, draft: input.draft, revision: input.revision };
  if (!(await deletePromptDraft(db, seen))) return refuseChangedPrompt(db, seen);
  return { key: use.key };
}
