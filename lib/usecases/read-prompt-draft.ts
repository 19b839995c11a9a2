import { inReadingOrder, type PromptDraftView } from "@/lib/contract/prompt";
import { database } from "@/lib/data/client";
import { readOrganisation } from "@/lib/data/organisation";
import { livePrompt, promptDraftOf } from "@/lib/data/prompts";
import { staffNames } from "@/lib/data/staff";
import { requireUse, stateOf } from "@/lib/data/uses";
import type { Actor } from "@/lib/domain/actor";
import { needsAnother } from "@/lib/domain/publication";
import { Refusal } from "@/lib/domain/refusal";
import { may } from "@/lib/domain/roles";
import { authorise } from "@/lib/usecases/authorise";
import { checkPromptDraft } from "@/lib/usecases/check-prompt-draft";
import { promptTerms } from "@/lib/usecases/prompt-terms";

/** A prompt's draft as it is saved, with the terms it will show. Throws `not-found` without one. */
export async function readPromptDraft(actor: Actor, key: string): Promise<PromptDraftView> {
  authorise(actor, "studio.read");
  const db = database();
  const use = await requireUse(db, key);
  const [draft, live, terms, rules] = await Promise.all([promptDraftOf(db, use.id), livePrompt(db, use.id), promptTerms(db, use.id), readOrganisation(db)]);
  if (!draft) throw new Refusal("not-found", "There is no draft of this prompt.");
  const staffName = await staffNames(db, draft.authorIds);
  const refusal = checkPromptDraft(inReadingOrder(draft.texts, rules.defaultLocale), live?.texts ?? null, rules.defaultLocale);
  return {
    key: use.key,
    name: use.name,
    draft: draft.id,
    number: draft.number,
    revision: draft.revision,
    state: stateOf(draft),
    proposedAt: draft.proposedAt,
    updatedAt: draft.updatedAt,
    authors: draft.authorIds.map(staffName),
    changeNote: draft.changeNote,
    texts: inReadingOrder(draft.texts, rules.defaultLocale),
    live: live?.number ?? null,
    terms,
    defaultLocale: rules.defaultLocale,
    open: refusal === null ? [] : refusal.code === "invalid" ? (refusal.faults ?? []).map((fault) => fault.message) : [refusal.message],
    own: needsAnother(draft.authorIds, actor.id, rules),
    can: { write: may(actor, "prompt.write"), publish: may(actor, "prompt.publish") },
  };
}
