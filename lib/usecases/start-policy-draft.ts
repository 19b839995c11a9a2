import { database } from "@/lib/data/client";
import { lockPolicy } from "@/lib/data/policies";
import { insertDraft, useIdsByKey } from "@/lib/data/policy-drafts";
import { policyRules } from "@/lib/data/policy-publishing";
import { findLatest, findVersionWhole } from "@/lib/data/policy-versions";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { authorise } from "@/lib/usecases/authorise";
import { isTaken, noSuchPolicy, noSuchVersion } from "@/lib/usecases/policy-refusals";

/**
 * Begins the draft of a policy's next version from the newest text there is, or from an older version's (to restore it).
 * @throws Refusal `conflict-draft-changed` when a draft is there already.
 */
export async function startPolicyDraft(actor: Actor, input: { key: string; from?: number | undefined }): Promise<{ number: number }> {
  authorise(actor, "policy.write");
  try {
    return await database().$transaction(async (tx) => {
      const policy = await lockPolicy(tx, input.key);
      if (!policy) throw noSuchPolicy();
      const latest = await findLatest(tx, policy.id);
      const from = input.from ?? latest?.number;
      const base = from === undefined ? null : await findVersionWhole(tx, policy.id, from);
      if (from !== undefined && (!base || (base.publishedAt === null && base.origin === "written"))) throw noSuchVersion();
      const { defaultLocale } = await policyRules(tx);
      const ids = await useIdsByKey(tx, base?.citations.map((citation) => citation.use.key) ?? []);
      const number = await insertDraft(tx, policy.id, actor.id, latest?.id ?? null, {
        texts: base?.texts ?? [{ locale: defaultLocale, title: policy.title, markdown: "" }],
        citations: base?.citations.flatMap(({ clause, use }) => (ids.has(use.key) ? [{ clause, useId: ids.get(use.key) ?? "" }] : [])) ?? [],
        changeNote: base && latest && base.number !== latest.number ? `Restores version ${base.number}.` : "",
        editorial: false,
      });
      return { number };
    });
  } catch (error) {
    if (isTaken(error)) throw new Refusal("conflict-draft-changed", "Somebody is already writing the next version of this policy. Open that draft, or discard it first.");
    throw error;
  }
}
