import type { PolicyDraftSeen } from "@/lib/contract/policy";
import { database } from "@/lib/data/client";
import { lockPolicy } from "@/lib/data/policies";
import { deleteDraft } from "@/lib/data/policy-drafts";
import { deleteWaitingHistory } from "@/lib/data/policy-imports";
import { findDraftWhole } from "@/lib/data/policy-versions";
import type { Actor } from "@/lib/domain/actor";
import { authorise } from "@/lib/usecases/authorise";
import { draftChanged, noSuchPolicy } from "@/lib/usecases/policy-refusals";

/**
 * Throws the draft away. Nothing to throw away is fine: it was sent twice.
 * @throws Refusal `conflict-draft-changed` when somebody saved it since.
 */
export async function discardPolicyDraft(actor: Actor, input: PolicyDraftSeen): Promise<void> {
  authorise(actor, "policy.write");
  await database().$transaction(async (tx) => {
    const policy = await lockPolicy(tx, input.key);
    if (!policy) throw noSuchPolicy();
    const draft = await findDraftWhole(tx, policy.id);
    if (draft?.id === input.draft && !(await deleteDraft(tx, draft.id, input.revision))) throw draftChanged(draft.revision);
  });
}

/** Throws away what was imported and not published yet, so that it can be imported rightly. Returns how many versions went. */
export async function discardImportedPolicyVersions(actor: Actor, input: { key: string }): Promise<number> {
  authorise(actor, "policy.import");
  return database().$transaction(async (tx) => {
    const policy = await lockPolicy(tx, input.key);
    if (!policy) throw noSuchPolicy();
    return deleteWaitingHistory(tx, policy.id);
  });
}
