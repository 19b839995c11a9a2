import type { PolicyPublication } from "@/lib/contract/policy";
import { writeToLedger } from "@/lib/data/ledger/write";
import { readOrganisation } from "@/lib/data/organisation";
import { lockPolicy } from "@/lib/data/policies";
import { findPublishable, markPublished, waitingVersions } from "@/lib/data/policy-publishing";
import { findTip } from "@/lib/data/policy-versions";
import type { Actor } from "@/lib/domain/actor";
import type { Entry } from "@/lib/domain/entry";
import { authorise } from "@/lib/usecases/authorise";
import { authoriseNow } from "@/lib/usecases/authorise-now";
import { linkVersions, momentOf, refuseUnchanged, settlePublication } from "@/lib/usecases/policy-chain";
import { draftGone, noSuchPolicy } from "@/lib/usecases/policy-refusals";
import { otherRequest, sameRequest } from "@/lib/usecases/same-request";

export type PolicyPublished = {
  readonly version: number;
  readonly inForceFrom: Date;
  /** How many imported versions became public with it. */
  readonly history: number;
};

/**
 * Publishes a proposed draft, or the newest imported version, and with it every imported version before it: one
 * transaction, one entry. In force at once, or from a later moment on.
 * @throws Refusal `already-published`, `conflict-draft-changed`, `version-superseded`, `same-author`, `nothing-changed`,
 * or `invalid` (the moment).
 */
export async function publishPolicyVersion(actor: Actor, input: PolicyPublication): Promise<PolicyPublished> {
  authorise(actor, "policy.publish");
  return writeToLedger(
    { staff: actor.id },
    input.requestId,
    async ({ tx, now, append }) => {
      await authoriseNow(tx, actor, "policy.publish");
      const policy = await lockPolicy(tx, input.key);
      if (!policy) throw noSuchPolicy();
      const tip = await findTip(tx, policy.id);
      const found = await findPublishable(tx, policy.id, policy.key, input.version);
      const by = { id: actor.id, rules: await readOrganisation(tx) };
      const { version, history, authors, twoPairsOfEyes, inForceFrom } = settlePublication(found, await waitingVersions(tx, policy.id, policy.key), tip, input, by, now);
      const before = history.at(-1) ?? (tip ? await findPublishable(tx, policy.id, policy.key, tip.number) : null);
      refuseUnchanged(version, before);
      const rows = linkVersions(history, version, tip, inForceFrom);
      const { index } = append({
        kind: "policy-published",
        v: 1,
        policy: policy.key,
        version: version.number,
        replaces: before?.number ?? null,
        digest: version.digest,
        texts: version.texts,
        inForceFrom: inForceFrom.toISOString(),
        editorial: rows.at(-1)?.editorial ?? false,
        history: history.map((one) => ({ number: one.number, digest: one.digest, inForceFrom: momentOf(one).toISOString() })),
        authors,
        twoPairsOfEyes,
      });
      const published = await markPublished(tx, rows, { at: now, staffId: actor.id, twoPairsOfEyes, entryIndex: index });
      if (published !== rows.length) throw draftGone();
      return { version: version.number, inForceFrom, history: history.length };
    },
    async (_tx, entries) => replayed(entries, input),
  );
}

function replayed(entries: readonly Entry[], input: PolicyPublication): PolicyPublished {
  const entry = sameRequest(entries, "policy-published", (one) => one.policy === input.key && one.version === input.version);
  const inForceFrom = new Date(entry.inForceFrom);
  if (input.inForceFrom && input.inForceFrom.getTime() !== inForceFrom.getTime()) throw otherRequest();
  return { version: entry.version, inForceFrom, history: entry.history.length };
}
