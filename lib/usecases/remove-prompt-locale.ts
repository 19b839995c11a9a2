import type { RemovePromptLocale } from "@/lib/contract/prompt";
import { database } from "@/lib/data/client";
import { deletePromptText, touchPromptDraft } from "@/lib/data/prompts";
import { requireUse } from "@/lib/data/uses";
import type { Actor } from "@/lib/domain/actor";
import { authorise } from "@/lib/usecases/authorise";
import type { DraftSeen } from "@/lib/usecases/create-data-use";
import { refuseChangedPrompt } from "@/lib/usecases/refuse-changed-draft";

/** Takes one language out of a draft; what is published keeps its languages. Throws as saving does. */
export async function removeLocaleFromPrompt(actor: Actor, input: RemovePromptLocale): Promise<DraftSeen> {
  authorise(actor, "prompt.write");
  const use = await requireUse(database(), input.key);
  const seen = { useId: use.id, draft: input.draft, revision: input.revision };
  return database().$transaction(async (tx) => {
    const saved = await touchPromptDraft(tx, seen, { author: actor.id });
    if (!saved) return refuseChangedPrompt(tx, seen);
    await deletePromptText(tx, input.draft, input.locale);
    return { key: use.key, draft: input.draft, ...saved };
  });
}
