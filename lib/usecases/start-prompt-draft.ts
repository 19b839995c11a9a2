import type { PromptText } from "@/lib/contract/prompt";
import { database } from "@/lib/data/client";
import { readOrganisation } from "@/lib/data/organisation";
import { insertPromptDraft, livePrompt, promptDraftOf } from "@/lib/data/prompts";
import { requireUse } from "@/lib/data/uses";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { authorise } from "@/lib/usecases/authorise";
import type { DraftSeen } from "@/lib/usecases/create-data-use";

/**
 * Begins the next wording of a use's prompt from the one in force; the first begins in the organisation's language with
 * the name of the use. When there is a draft already, that one is handed out.
 */
export async function startPromptDraft(actor: Actor, input: { readonly key: string }): Promise<DraftSeen> {
  authorise(actor, "prompt.write");
  const use = await requireUse(database(), input.key);
  return database().$transaction(async (tx) => {
    const [live, { defaultLocale }] = [await livePrompt(tx, use.id), await readOrganisation(tx)];
    const first: PromptText = { locale: defaultLocale, title: use.name.slice(0, 100), question: "", benefit: "", ifNo: "", yesLabel: "", noLabel: "" };
    await insertPromptDraft(tx, { useId: use.id, number: (live?.number ?? 0) + 1, author: actor.id, texts: live?.texts ?? [first] });
    const draft = await promptDraftOf(tx, use.id);
    if (!draft) throw new Refusal("conflict-draft-changed", "Somebody published at this very moment. Reload the page and try again.");
    return { key: use.key, draft: draft.id, number: draft.number, revision: draft.revision };
  });
}
