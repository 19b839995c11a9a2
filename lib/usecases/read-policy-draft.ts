import type { PolicyDraftPage } from "@/lib/contract/policy-views";
import { database } from "@/lib/data/client";
import { databaseNow } from "@/lib/data/clock";
import { readOrganisation } from "@/lib/data/organisation";
import { findPolicy, headOf, numberInForce, versionHeads } from "@/lib/data/policies";
import { listUsesToCite } from "@/lib/data/policy-drafts";
import { findDraftWhole, findTip, findWaitingHistory } from "@/lib/data/policy-versions";
import type { Actor } from "@/lib/domain/actor";
import { needsAnother } from "@/lib/domain/publication";
import { Refusal } from "@/lib/domain/refusal";
import { authorise } from "@/lib/usecases/authorise";
import { noSuchPolicy } from "@/lib/usecases/policy-refusals";
import { brokenCitations, clauseViews, inLocaleOrder, leadingText } from "@/lib/usecases/policy-texts";
import { draftHeadOf } from "@/lib/usecases/read-policy";

/** The draft of a policy's next version, for whoever writes or approves it. */
export async function readPolicyDraft(actor: Actor, input: { key: string }): Promise<PolicyDraftPage & { now: Date }> {
  authorise(actor, "studio.read");
  const tx = database();
  const policy = await findPolicy(tx, input.key);
  if (!policy) throw noSuchPolicy();
  const draft = await findDraftWhole(tx, policy.id);
  if (!draft) throw new Refusal("not-found", "Nobody is writing a new version of this policy.");
  const now = await databaseNow(tx);
  const [rules, [head], uses, waitingHistory, tip] = await Promise.all([
    readOrganisation(tx),
    versionHeads(tx, [draft], await numberInForce(tx, policy.id, now), now),
    listUsesToCite(tx),
    findWaitingHistory(tx, policy.id, actor.id),
    findTip(tx, policy.id),
  ]);
  const leading = leadingText(draft.texts, rules.defaultLocale);
  if (!head || !leading) throw new Refusal("not-found", "Nobody is writing a new version of this policy.");
  return {
    policy: headOf(policy),
    now,
    draft: draftHeadOf(head, { ...draft, replaces: waitingHistory?.newest ?? tip?.number ?? null }),
    texts: inLocaleOrder(draft.texts, leading.locale),
    defaultLocale: rules.defaultLocale,
    clauses: clauseViews(leading.markdown, draft.citations),
    broken: brokenCitations(leading.markdown, draft.citations),
    uses,
    waitingHistory,
    scheduledBefore: tip && tip.inForceFrom > now ? { number: tip.number, from: tip.inForceFrom } : null,
    own: needsAnother([...draft.authorIds, ...(waitingHistory?.importedByActor ? [actor.id] : [])], actor.id, rules),
  };
}
