import type { PolicyDraftSeen } from "@/lib/contract/policy";
import { database } from "@/lib/data/client";
import { lockPolicy } from "@/lib/data/policies";
import { insertDraft, useIdsByKey } from "@/lib/data/policy-drafts";
import { readOrganisation } from "@/lib/data/organisation";
import { findDraftWhole, findLatest, findVersionWhole } from "@/lib/data/policy-versions";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { authorise } from "@/lib/usecases/authorise";
import { noSuchPolicy, noSuchVersion } from "@/lib/usecases/policy-refusals";

/**
 * Begins the draft of a policy's next version from the newest text there is, or from an older version's (to restore it).
 * Without an older version, a draft that is there already is gone on with.
 * @throws Refusal `conflict-draft-changed` when restoring would have to overwrite a draft
 */
export async function startPolicyDraft(actor: Actor, input: { key: string; from?: number | undefined }): Promise<PolicyDraftSeen & { readonly number: number }> {
  authorise(actor, "policy.write");
  return database().$transaction(async (tx) => {
    const policy = await lockPolicy(tx, input.key);
    if (!policy) throw noSuchPolicy();
    const there = await findDraftWhole(tx, policy.id);
    if (there && input.from === undefined) return { key: policy.key, draft: there.id, revision: there.revision, number: there.number };
    if (there) throw new Refusal("conflict-draft-changed", "Somebody is already writing the next version of this policy. Open that draft, or discard it first.");
    const latest = await findLatest(tx, policy.id);
    const from = input.from ?? latest?.number;
    const base = from === undefined ? null : await findVersionWhole(tx, policy.id, from);
    if (from !== undefined && !base) throw noSuchVersion();
    const { defaultLocale } = await readOrganisation(tx);
    const ids = await useIdsByKey(tx, base?.citations.map((citation) => citation.use.key) ?? []);
    const { draft, number } = await insertDraft(tx, policy.id, actor.id, latest?.id ?? null, {
      texts: base?.texts ?? [{ locale: defaultLocale, title: policy.title, markdown: "" }],
      citations: base?.citations.flatMap(({ clause, use }) => (ids.has(use.key) ? [{ clause, useId: ids.get(use.key) ?? "" }] : [])) ?? [],
      changeNote: base && latest && base.number !== latest.number ? `Restores version ${base.number}.` : "",
      editorial: false,
    });
    return { key: policy.key, draft, revision: 1, number };
  });
}
