import type { SavePrompt } from "@/lib/contract/prompt";
import { database } from "@/lib/data/client";
import { touchPromptDraft, writePromptText } from "@/lib/data/prompts";
import { requireUse } from "@/lib/data/uses";
import type { Actor } from "@/lib/domain/actor";
import { authorise } from "@/lib/usecases/authorise";
import type { DraftSeen } from "@/lib/usecases/create-data-use";
import { refuseChangedPrompt } from "@/lib/usecases/refuse-changed-draft";

/**
 * Saves one language of a prompt's draft, and takes back a request for approval. Of several savers who saw the same
 * revision one wins; the others get `conflict-draft-changed` with the newer revision.
 */
export async function savePromptDraft(actor: Actor, input: SavePrompt): Promise<DraftSeen> {
  authorise(actor, "prompt.write");
  const use = await requireUse(database(), input.key);
  const seen = { useId: use.id, draft: input.draft, revision: input.revision };
  return database().$transaction(async (tx) => {
    const saved = await touchPromptDraft(tx, seen, { author: actor.id, changeNote: input.changeNote });
    if (!saved) return refuseChangedPrompt(tx, seen);
    await writePromptText(tx, input.draft, input.locale, input.words);
    return { key: use.key, draft: input.draft, ...saved };
  });
}
