import type { PolicyVersionPage } from "@/lib/contract/policy-views";
import { database } from "@/lib/data/client";
import { databaseNow } from "@/lib/data/clock";
import { readOrganisation } from "@/lib/data/organisation";
import { findPolicy, headOf, numberInForce, versionHeads } from "@/lib/data/policies";
import { findDraftWhole, findVersionWhole, neighbours } from "@/lib/data/policy-versions";
import type { Actor } from "@/lib/domain/actor";
import { authorise } from "@/lib/usecases/authorise";
import { noSuchPolicy, noSuchVersion } from "@/lib/usecases/policy-refusals";
import { inLocaleOrder, leadingText, renderText } from "@/lib/usecases/policy-texts";

/** One version as staff see it, a draft too; in the language asked for, else the organisation's. */
export async function readPolicyVersion(actor: Actor, input: { key: string; number: number; locale?: string | undefined }): Promise<PolicyVersionPage> {
  authorise(actor, "studio.read");
  const tx = database();
  const policy = await findPolicy(tx, input.key);
  if (!policy) throw noSuchPolicy();
  const version = await findVersionWhole(tx, policy.id, input.number);
  if (!version) throw noSuchVersion();
  const now = await databaseNow(tx);
  const inForce = await numberInForce(tx, policy.id, now);
  const [{ defaultLocale }, [head], near, draft] = await Promise.all([
    readOrganisation(tx),
    versionHeads(tx, [version], inForce, now),
    neighbours(tx, policy.id, version.number),
    findDraftWhole(tx, policy.id),
  ]);
  const text = version.texts.find((one) => one.locale === input.locale) ?? leadingText(version.texts, defaultLocale);
  if (!head || !text) throw noSuchVersion();
  return {
    policy: headOf(policy),
    version: { ...head, digest: version.digest, entryIndex: version.entryIndex, sourceFile: version.sourceFile, replaces: version.replaces },
    locales: inLocaleOrder(version.texts, defaultLocale).map((one) => one.locale),
    text: renderText(text, version.citations),
    ...near,
    hasDraft: draft !== null,
  };
}
