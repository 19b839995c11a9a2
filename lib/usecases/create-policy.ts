import type { NewPolicy } from "@/lib/contract/policy";
import { database } from "@/lib/data/client";
import { insertDraft, insertPolicy } from "@/lib/data/policy-drafts";
import { policyRules } from "@/lib/data/policy-publishing";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { authorise } from "@/lib/usecases/authorise";
import { isTaken } from "@/lib/usecases/policy-refusals";

/**
 * Makes a policy with an empty first draft in the organisation's language. Sent twice, it is one policy.
 * @throws Refusal `name-taken` when another policy has the short name.
 */
export async function createPolicy(actor: Actor, input: NewPolicy): Promise<{ key: string }> {
  authorise(actor, "policy.write");
  try {
    await database().$transaction(async (tx) => {
      const { defaultLocale } = await policyRules(tx);
      await insertPolicy(tx, input);
      await insertDraft(tx, input.requestId, actor.id, null, {
        texts: [{ locale: defaultLocale, title: input.title, markdown: "" }],
        citations: [],
        changeNote: "",
        editorial: false,
      });
    });
  } catch (error) {
    if (!isTaken(error)) throw error;
    const same = await database().policy.findFirst({ where: { id: input.requestId, key: input.key }, select: { id: true } });
    if (!same) throw new Refusal("name-taken", "Another policy has this short name.", { faults: [{ path: "key", message: "Another policy has this short name. Choose a different one." }] });
  }
  return { key: input.key };
}
