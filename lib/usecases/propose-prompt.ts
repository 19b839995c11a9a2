import type { SeenPromptDraft } from "@/lib/contract/prompt";
import { database } from "@/lib/data/client";
import { readOrganisation } from "@/lib/data/organisation";
import { livePrompt, markPromptProposed, promptDraftOf } from "@/lib/data/prompts";
import { requireUse } from "@/lib/data/uses";
import type { Actor } from "@/lib/domain/actor";
import { isAsSeen } from "@/lib/domain/publication";
import { authorise } from "@/lib/usecases/authorise";
import { checkPromptDraft } from "@/lib/usecases/check-prompt-draft";
import { refuseChangedPrompt } from "@/lib/usecases/refuse-changed-draft";

/** Asks for approval of a prompt's draft as it was seen. Asking again changes nothing. Throws what publishing would refuse. */
export async function proposePrompt(actor: Actor, input: SeenPromptDraft): Promise<{ key: string; number: number }> {
  authorise(actor, "prompt.write");
  const db = database();
  const use = await requireUse(db, input.key);
  const seen = { useId: use.id, draft: input.draft, revision: input.revision };
  const [draft, live, rules] = await Promise.all([promptDraftOf(db, use.id), livePrompt(db, use.id), readOrganisation(db)]);
  if (!isAsSeen(draft, input)) return refuseChangedPrompt(db, seen);
  const refusal = checkPromptDraft(draft.texts, live?.texts ?? null, rules.defaultLocale);
  if (refusal) throw refusal;
  if (!(await markPromptProposed(db, seen))) return refuseChangedPrompt(db, seen);
  return { key: use.key, number: draft.number };
}
