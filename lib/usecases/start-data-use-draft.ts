import { emptyTerms } from "@/lib/contract/terms";
import { database } from "@/lib/data/client";
import { requireUse } from "@/lib/data/uses";
import { draftOf, insertDraft, liveVersion } from "@/lib/data/use-versions";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { authorise } from "@/lib/usecases/authorise";
import type { DraftSeen } from "@/lib/usecases/create-data-use";

/**
 * Begins the next version from the terms in force. When there is a draft already, that one is handed out: there is one
 * draft at a time, and two officers starting together work on the same.
 */
export async function startDataUseDraft(actor: Actor, input: { readonly key: string }): Promise<DraftSeen> {
  authorise(actor, "use.write");
  const db = database();
  const use = await requireUse(db, input.key);
  const live = await liveVersion(db, use.id);
  await insertDraft(db, { useId: use.id, number: (live?.number ?? 0) + 1, terms: live?.terms ?? emptyTerms, author: actor.id });
  const draft = await draftOf(db, use.id);
  if (!draft) throw new Refusal("conflict-draft-changed", "Somebody published at this very moment. Reload the page and try again.");
  return { key: use.key, draft: draft.id, number: draft.number, revision: draft.revision };
}
