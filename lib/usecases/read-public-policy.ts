import type { PublicPolicy } from "@/lib/contract/public-policy";
import { database } from "@/lib/data/client";
import { databaseNow } from "@/lib/data/clock";
import { readOrganisation } from "@/lib/data/organisation";
import { headOf } from "@/lib/data/policies";
import { countPublicVersions, lastPublicChange, publicVersionRows } from "@/lib/data/public-policies";
import { noSuchPolicy } from "@/lib/usecases/policy-refusals";
import { findPublicHead, findPublicPolicy, publicVersion } from "@/lib/usecases/public-policy-view";

const page = 25;

/** A policy as anyone may read it: the version in force (at a moment; now unless given), what is announced, and its history. */
export async function readPublicPolicy(input: { key: string; locale?: string | undefined; below?: number | undefined; at?: Date | undefined }): Promise<PublicPolicy> {
  const tx = database();
  const at = input.at ?? (await databaseNow(tx));
  const { policy, inForce } = await findPublicPolicy(tx, input.key, at);
  const [{ name, defaultLocale }, newest, rows, total, lastModified] = await Promise.all([
    readOrganisation(tx),
    publicVersionRows(tx, policy.id, at, inForce, null, page),
    publicVersionRows(tx, policy.id, at, inForce, input.below ?? null, page + 1),
    countPublicVersions(tx, policy.id),
    lastPublicChange(tx, policy.id, at),
  ]);
  const announced = newest.filter((head) => head.standing === "announced").reverse();
  const first = inForce === null ? announced[0] : await findPublicHead(tx, policy.id, at, inForce, inForce);
  if (!first) throw noSuchPolicy();
  return {
    organisation: name,
    policy: headOf(policy),
    version: await publicVersion(tx, policy.id, first, defaultLocale, input.locale),
    announced,
    history: rows.slice(0, page),
    older: rows.length > page ? (rows.at(page - 1)?.number ?? null) : null,
    total,
    lastModified,
  };
}
