import type { PolicyComparison } from "@/lib/contract/policy-comparison";
import type { PolicyVersionHead } from "@/lib/contract/policy-views";
import { database } from "@/lib/data/client";
import { databaseNow } from "@/lib/data/clock";
import { readOrganisation } from "@/lib/data/organisation";
import { findPolicy, headOf, numberInForce, versionHeads } from "@/lib/data/policies";
import { findVersionWhole, type VersionWhole } from "@/lib/data/policy-versions";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { compareTexts } from "@/lib/text/compare-texts";
import { differWords } from "@/lib/text/word-difference";
import { authorise } from "@/lib/usecases/authorise";
import { noSuchPolicy, noSuchVersion } from "@/lib/usecases/policy-refusals";
import { inLocaleOrder } from "@/lib/usecases/policy-texts";

/** The difference between any two versions as staff see it, drafts too; in a language that both have. */
export async function comparePolicyVersions(actor: Actor, input: { key: string; from: number; to: number; locale?: string | undefined }): Promise<PolicyComparison> {
  authorise(actor, "studio.read");
  const tx = database();
  const policy = await findPolicy(tx, input.key);
  if (!policy) throw noSuchPolicy();
  const [from, to, now, { defaultLocale }] = await Promise.all([findVersionWhole(tx, policy.id, input.from), findVersionWhole(tx, policy.id, input.to), databaseNow(tx), readOrganisation(tx)]);
  if (!from || !to) throw noSuchVersion();
  const [fromHead, toHead] = await versionHeads(tx, [from, to], await numberInForce(tx, policy.id, now), now);
  if (!fromHead || !toHead) throw noSuchVersion();
  return compareVersions(headOf(policy), { ...from, head: fromHead }, { ...to, head: toHead }, defaultLocale, input.locale);
}

type Side = Pick<VersionWhole, "texts"> & { readonly head: PolicyVersionHead };

/**
 * Two versions compared in the language asked for, else the first that both have.
 * @throws Refusal `not-found` when no language is in both
 */
export function compareVersions(policy: PolicyComparison["policy"], from: Side, to: Side, defaultLocale: string, wanted: string | undefined): PolicyComparison {
  const locales = inLocaleOrder(to.texts, defaultLocale).map((text) => text.locale).filter((locale) => from.texts.some((text) => text.locale === locale));
  const locale = locales.find((one) => one === wanted) ?? locales[0];
  const before = from.texts.find((text) => text.locale === locale);
  const after = to.texts.find((text) => text.locale === locale);
  if (locale === undefined || !before || !after) throw new Refusal("not-found", "These two versions have no language in common, so they cannot be compared.");
  const { blocks, stats } = compareTexts(before.markdown, after.markdown);
  return {
    policy,
    from: sideOf(from.head),
    to: sideOf(to.head),
    locale,
    locales,
    titles: differWords(before.title, after.title),
    blocks: blocks.map(({ kind, role, level, parts, links }) => ({ kind, role, level, parts, links })),
    stats,
  };
}

function sideOf({ number, inForceFrom, standing, changeNote }: PolicyVersionHead) {
  return { number, inForceFrom, standing, changeNote };
}
