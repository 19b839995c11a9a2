import type { NewPolicy, PolicyDraftSeen } from "@/lib/contract/policy";
import { database } from "@/lib/data/client";
import { findPolicy } from "@/lib/data/policies";
import { insertDraft, insertPolicy } from "@/lib/data/policy-drafts";
import { readOrganisation } from "@/lib/data/organisation";
import { findDraftWhole } from "@/lib/data/policy-versions";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { authorise } from "@/lib/usecases/authorise";
import { isTaken } from "@/lib/usecases/policy-refusals";
import { otherRequest } from "@/lib/usecases/same-request";

/**
 * Makes a policy with an empty first draft in the organisation's language. Sent twice, it is one policy.
 * @throws Refusal `name-taken` when another policy has the short name.
 */
export async function createPolicy(actor: Actor, input: NewPolicy): Promise<PolicyDraftSeen> {
  authorise(actor, "policy.write");
  try {
    return await database().$transaction(async (tx) => {
      const { defaultLocale } = await readOrganisation(tx);
      await insertPolicy(tx, input);
      const { draft } = await insertDraft(tx, input.requestId, actor.id, null, {
        texts: [{ locale: defaultLocale, title: input.title, markdown: "" }],
        citations: [],
        changeNote: "",
        editorial: false,
      });
      return { key: input.key, draft, revision: 1 };
    });
  } catch (error) {
    if (!isTaken(error)) throw error;
    const policy = await findPolicy(database(), input.key);
    const same = policy?.title === input.title && policy.audience === input.audience && policy.asks === input.asks;
    if (policy === null || (policy.id === input.requestId && !same)) throw otherRequest();
    const draft = policy.id === input.requestId ? await findDraftWhole(database(), policy.id) : null;
    if (draft) return { key: input.key, draft: draft.id, revision: draft.revision };
    throw new Refusal("name-taken", "Another policy has this short name.", { faults: [{ path: "key", message: "Another policy has this short name. Choose a different one." }] });
  }
}
