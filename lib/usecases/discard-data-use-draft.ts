import type { SeenUseDraft } from "@/lib/contract/use";
import { database } from "@/lib/data/client";
import { requireUse } from "@/lib/data/uses";
import { deleteDraft } from "@/lib/data/use-versions";
import type { Actor } from "@/lib/domain/actor";
import { authorise } from "@/lib/usecases/authorise";
import { refuseChangedDraft } from "@/lib/usecases/refuse-changed-draft";

/**
 * Removes the draft as it was seen; what is published stays. Throws `conflict-draft-changed` when somebody saved it
 * meanwhile, and `already-published`.
 */
export async function discardDataUseDraft(actor: Actor, input: SeenUseDraft): Promise<{ key: string }> {
  authorise(actor, "use.write");
  const db = database();
  const use = await requireUse(db, input.key);
  const seen = { useId: use.id, draft: input.draft, revision: input.revision };
  if (!(await deleteDraft(db, seen))) return refuseChangedDraft(db, seen);
  return { key: use.key };
}
