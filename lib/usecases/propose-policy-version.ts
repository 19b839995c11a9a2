import type { PolicyDraftSeen } from "@/lib/contract/policy";
import { database } from "@/lib/data/client";
import { lockPolicy } from "@/lib/data/policies";
import { markProposed } from "@/lib/data/policy-drafts";
import { readOrganisation } from "@/lib/data/organisation";
import { findDraftWhole } from "@/lib/data/policy-versions";
import type { Actor } from "@/lib/domain/actor";
import { Refusal, type Fault } from "@/lib/domain/refusal";
import { authorise } from "@/lib/usecases/authorise";
import { draftChanged, draftGone, noSuchPolicy } from "@/lib/usecases/policy-refusals";
import { brokenCitations, leadingText } from "@/lib/usecases/policy-texts";

/**
 * Hands a draft to whoever approves. Proposing again changes nothing.
 * @throws Refusal `conflict-draft-changed` when it is not the revision that was seen; `invalid` when a text is empty or a
 * citation's clause is gone.
 */
export async function proposePolicyVersion(actor: Actor, input: PolicyDraftSeen): Promise<{ number: number }> {
  authorise(actor, "policy.write");
  return database().$transaction(async (tx) => {
    const policy = await lockPolicy(tx, input.key);
    if (!policy) throw noSuchPolicy();
    const draft = await findDraftWhole(tx, policy.id);
    if (draft?.id !== input.draft) throw draftGone();
    if (!(await markProposed(tx, draft.id, input.revision))) throw draftChanged(draft.revision);
    const { defaultLocale } = await readOrganisation(tx);
    const faults: Fault[] = draft.texts.flatMap((text, index) =>
      text.markdown.trim() === "" ? [{ path: `texts[${index}].markdown`, message: "The text is missing. Write it first, or remove this language." }] : [],
    );
    const text = leadingText(draft.texts, defaultLocale);
    for (const { clause, use } of text ? brokenCitations(text.markdown, draft.citations) : []) {
      faults.push({ path: "citations", message: `“${use.name}” is cited from a clause that is no longer there (${clause}). Cite it from another clause or remove it.` });
    }
    if (faults.length > 0) throw new Refusal("invalid", "This draft is not ready for approval yet.", { faults });
    return { number: draft.number };
  });
}
