import type { PolicyCitationsInput, PolicyDraftInput, PolicyDraftSeen } from "@/lib/contract/policy";
import { database, type Tx } from "@/lib/data/client";
import { lockPolicy } from "@/lib/data/policies";
import { takeDraft, useIdsByKey, writeCitations, writeDraft } from "@/lib/data/policy-drafts";
import { findDraftWhole, type VersionWhole } from "@/lib/data/policy-versions";
import type { Actor, StaffActor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { authorise } from "@/lib/usecases/authorise";
import { draftChanged, draftGone, noSuchPolicy } from "@/lib/usecases/policy-refusals";

/**
 * Saves the texts of a draft. A save withdraws the proposal: who approves sees what was proposed, or nothing.
 * @returns the draft as it is after it
 * @throws Refusal `conflict-draft-changed` when the draft is not the one that was seen.
 */
export async function savePolicyDraft(actor: Actor, input: PolicyDraftInput): Promise<PolicyDraftSeen> {
  authorise(actor, "policy.write");
  return changeDraft(actor, input, async (tx, draft) => {
    await writeDraft(tx, draft.id, { texts: input.texts, changeNote: input.changeNote, editorial: input.asking === "editorial" });
  });
}

/**
 * Saves which data uses each clause of a draft cites.
 * @throws Refusal `conflict-draft-changed` as above; `invalid` when a data use is not there.
 */
export async function savePolicyCitations(actor: Actor, input: PolicyCitationsInput): Promise<PolicyDraftSeen> {
  authorise(actor, "policy.write");
  return changeDraft(actor, input, async (tx, draft) => {
    const wanted = input.citations.flatMap(({ clause, uses = [], add }) => [...new Set([...uses, ...(add ? [add] : [])])].map((use) => ({ clause, use })));
    const ids = await useIdsByKey(tx, wanted.map(({ use }) => use));
    const rows = new Map<string, { clause: string; useId: string }>();
    for (const { clause, use } of wanted) {
      const useId = ids.get(use);
      if (!useId) throw new Refusal("invalid", `There is no data use “${use}”. Reload the page and choose again.`, { faults: [{ path: "citations", message: `There is no data use “${use}”.` }] });
      rows.set(`${clause} ${useId}`, { clause, useId });
    }
    await writeCitations(tx, draft.id, [...rows.values()]);
  });
}

async function changeDraft(actor: StaffActor, seen: PolicyDraftSeen, change: (tx: Tx, draft: VersionWhole) => Promise<void>): Promise<PolicyDraftSeen> {
  return database().$transaction(async (tx) => {
    const policy = await lockPolicy(tx, seen.key);
    if (!policy) throw noSuchPolicy();
    const draft = await findDraftWhole(tx, policy.id);
    if (draft?.id !== seen.draft) throw draftGone();
    if (!(await takeDraft(tx, draft.id, seen.revision, actor.id))) throw draftChanged(draft.revision);
    await change(tx, draft);
    return { key: seen.key, draft: draft.id, revision: seen.revision + 1 };
  });
}
