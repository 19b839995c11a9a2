import type { SeenUseDraft } from "@/lib/contract/use";
import { database } from "@/lib/data/client";
import { requireUse } from "@/lib/data/uses";
import { draftOf, liveVersion, markProposed } from "@/lib/data/use-versions";
import type { Actor } from "@/lib/domain/actor";
import { isAsSeen } from "@/lib/domain/publication";
import { authorise } from "@/lib/usecases/authorise";
import { checkDataUseDraft } from "@/lib/usecases/check-data-use-draft";
import { refuseChangedDraft } from "@/lib/usecases/refuse-changed-draft";

/**
 * Asks for approval of the draft as it was seen. Asking again changes nothing. Throws what publishing would refuse
 * (see `checkDataUseDraft`), and `conflict-draft-changed` or `already-published` when the draft moved on.
 */
export async function proposeDataUse(actor: Actor, input: SeenUseDraft): Promise<{ key: string; number: number }> {
  authorise(actor, "use.write");
  const db = database();
  const use = await requireUse(db, input.key);
  const seen = { useId: use.id, draft: input.draft, revision: input.revision };
  const [draft, live] = await Promise.all([draftOf(db, use.id), liveVersion(db, use.id)]);
  if (!isAsSeen(draft, input)) return refuseChangedDraft(db, seen);
  const refusal = checkDataUseDraft(draft.terms, live?.terms ?? null);
  if (refusal) throw refusal;
  if (!(await markProposed(db, seen))) return refuseChangedDraft(db, seen);
  return { key: use.key, number: draft.number };
}
