import type { PublicPolicyVersion } from "@/lib/contract/public-policy";
import { database } from "@/lib/data/client";
import { databaseNow } from "@/lib/data/clock";
import { readOrganisation } from "@/lib/data/organisation";
import { headOf } from "@/lib/data/policies";
import { lastPublicChange, publicNeighbours } from "@/lib/data/public-policies";
import { findPublicHead, findPublicPolicy, publicVersion } from "@/lib/usecases/public-policy-view";

/** One published version as anyone may read it; an announced one too. @throws Refusal `not-found` */
export async function readPublicPolicyVersion(input: { key: string; number: number; locale?: string | undefined; at?: Date | undefined }): Promise<PublicPolicyVersion> {
  const tx = database();
  const at = input.at ?? (await databaseNow(tx));
  const { policy, inForce } = await findPublicPolicy(tx, input.key, at);
  const head = await findPublicHead(tx, policy.id, at, inForce, input.number);
  const [{ name, defaultLocale }, near, lastModified] = await Promise.all([readOrganisation(tx), publicNeighbours(tx, policy.id, head.number), lastPublicChange(tx, policy.id, at)]);
  return {
    organisation: name,
    policy: headOf(policy),
    version: await publicVersion(tx, policy.id, head, defaultLocale, input.locale),
    ...near,
    inForce,
    lastModified,
  };
}
