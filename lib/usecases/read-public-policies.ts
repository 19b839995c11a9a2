import type { PublicPolicies } from "@/lib/contract/public-policy";
import { database } from "@/lib/data/client";
import { databaseNow } from "@/lib/data/clock";
import { readOrganisation } from "@/lib/data/organisation";
import { publicPolicyRows } from "@/lib/data/public-policies";

const page = 100;

/** The policies in force, for anyone; `at` is now unless given. */
export async function readPublicPolicies(input: { after?: string | undefined; at?: Date | undefined }): Promise<PublicPolicies> {
  const tx = database();
  const at = input.at ?? (await databaseNow(tx));
  const [{ name }, rows] = await Promise.all([readOrganisation(tx), publicPolicyRows(tx, at, input.after ?? null, page + 1)]);
  const policies = rows.slice(0, page);
  const changed = policies.map((row) => row.changed.getTime());
  return {
    organisation: name,
    policies: policies.map(({ key, title, audience, number, inForceFrom, announced }) => ({ key, title, audience, number, inForceFrom, announced })),
    next: rows.length > page ? (policies.at(-1)?.key ?? null) : null,
    lastModified: changed.length > 0 ? new Date(Math.max(...changed)) : null,
  };
}
