import { database } from "@/lib/data/client";
import { findPolicy } from "@/lib/data/policies";
import { versionChoices } from "@/lib/data/policy-versions";
import type { Actor } from "@/lib/domain/actor";
import { authorise } from "@/lib/usecases/authorise";
import { noSuchPolicy } from "@/lib/usecases/policy-refusals";

/** Numbers and dates of a policy's versions, newest first, to choose two from; at most 1,000. */
export async function listPolicyVersions(actor: Actor, input: { key: string }): Promise<{ number: number; inForceFrom: Date | null; draft: boolean }[]> {
  authorise(actor, "studio.read");
  const policy = await findPolicy(database(), input.key);
  if (!policy) throw noSuchPolicy();
  return versionChoices(database(), policy.id);
}
