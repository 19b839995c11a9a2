import { writeToLedger } from "@/lib/data/ledger/write";
import { lockPolicy } from "@/lib/data/policies";
import { findPublishable, markCancelled } from "@/lib/data/policy-publishing";
import { findTip } from "@/lib/data/policy-versions";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { authorise } from "@/lib/usecases/authorise";
import { authoriseNow } from "@/lib/usecases/authorise-now";
import { noSuchPolicy, noSuchVersion } from "@/lib/usecases/policy-refusals";
import { sameRequest } from "@/lib/usecases/same-request";

/**
 * Calls a scheduled version off before it comes into force; the version before it stays in force.
 * @throws Refusal `already-published` when it is in force already; `version-superseded` when another version is
 * scheduled behind it.
 */
export async function cancelPolicyVersion(actor: Actor, input: { requestId: string; key: string; version: number }): Promise<{ version: number }> {
  authorise(actor, "policy.publish");
  return writeToLedger(
    { staff: actor.id },
    input.requestId,
    async ({ tx, now, append }) => {
      await authoriseNow(tx, actor, "policy.publish");
      const policy = await lockPolicy(tx, input.key);
      if (!policy) throw noSuchPolicy();
      const version = await findPublishable(tx, policy.id, policy.key, input.version);
      if (!version?.publishedAt || !version.inForceFrom) throw noSuchVersion();
      if (version.cancelledAt) throw new Refusal("version-superseded", `Version ${version.number} was called off already.`);
      if (version.inForceFrom <= now) throw new Refusal("already-published", `Version ${version.number} is in force already. Publish a new version instead.`);
      const tip = await findTip(tx, policy.id);
      if (tip && tip.number !== version.number) throw new Refusal("version-superseded", `Version ${tip.number} is scheduled behind this one. Call that one off first.`);
      append({ kind: "policy-cancelled", v: 1, policy: policy.key, version: version.number });
      await markCancelled(tx, version, now);
      return { version: version.number };
    },
    async (_tx, entries) => {
      const { version } = sameRequest(entries, "policy-cancelled", (one) => one.policy === input.key && one.version === input.version);
      return { version };
    },
  );
}
