import type { PolicyComparison } from "@/lib/contract/policy-comparison";
import { database } from "@/lib/data/client";
import { databaseNow } from "@/lib/data/clock";
import { readOrganisation } from "@/lib/data/organisation";
import { headOf, versionHeads } from "@/lib/data/policies";
import { findVersionWhole } from "@/lib/data/policy-versions";
import { lastPublicChange, publicVersionRows } from "@/lib/data/public-policies";
import { compareTextsMarkdown } from "@/lib/text/comparison-markdown";
import { compareVersions } from "@/lib/usecases/compare-policy-versions";
import { noSuchVersion } from "@/lib/usecases/policy-refusals";
import { findPublicHead, findPublicPolicy } from "@/lib/usecases/public-policy-view";

export type PublicComparison = PolicyComparison & {
  readonly organisation: string;
  /** The difference as Markdown: what went struck through, what came bold. */
  readonly markdown: string;
  /** Every version that can be chosen, newest first. */
  readonly versions: readonly { readonly number: number; readonly inForceFrom: Date }[];
  readonly lastModified: Date;
};

/** The difference between two published versions, for anyone. @throws Refusal `not-found` */
export async function comparePublicPolicyVersions(input: { key: string; from: number; to: number; locale?: string | undefined; at?: Date | undefined }): Promise<PublicComparison> {
  const tx = database();
  const at = input.at ?? (await databaseNow(tx));
  const { policy, inForce } = await findPublicPolicy(tx, input.key, at);
  await Promise.all([input.from, input.to].map((number) => findPublicHead(tx, policy.id, at, inForce, number)));
  const [from, to, { name, defaultLocale }, versions, lastModified] = await Promise.all([
    findVersionWhole(tx, policy.id, input.from),
    findVersionWhole(tx, policy.id, input.to),
    readOrganisation(tx),
    publicVersionRows(tx, policy.id, at, inForce, null, 500),
    lastPublicChange(tx, policy.id, at),
  ]);
  if (!from || !to) throw noSuchVersion();
  const [fromHead, toHead] = await versionHeads(tx, [from, to], inForce, at);
  if (!fromHead || !toHead) throw noSuchVersion();
  const comparison = compareVersions(headOf(policy), { ...from, head: fromHead }, { ...to, head: toHead }, defaultLocale, input.locale);
  const textIn = (version: typeof from) => version.texts.find((text) => text.locale === comparison.locale)?.markdown ?? "";
  return {
    ...comparison,
    organisation: name,
    markdown: compareTextsMarkdown(textIn(from), textIn(to)),
    versions: versions.map(({ number, inForceFrom }) => ({ number, inForceFrom })),
    lastModified,
  };
}
