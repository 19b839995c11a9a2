import type { CitedTerms, PublicVersion, PublicVersionHead } from "@/lib/contract/public-policy";
import type { Tx } from "@/lib/data/client";
import { toHex } from "@/lib/data/digest";
import { policyTextDigest } from "@/lib/data/policy-digests";
import { findPolicy, numberInForce, type PolicyRow } from "@/lib/data/policies";
import { findVersionWhole } from "@/lib/data/policy-versions";
import { publicVersionRows, termsInForce } from "@/lib/data/public-policies";
import { namesOfWords } from "@/lib/data/taxonomy";
import { describeTerms } from "@/lib/domain/terms-in-words";
import { noSuchPolicy, noSuchVersion } from "@/lib/usecases/policy-refusals";
import { inLocaleOrder, leadingText, renderText } from "@/lib/usecases/policy-texts";

/** A policy that has something public at an instant. @throws Refusal `not-found` */
export async function findPublicPolicy(tx: Tx, key: string, at: Date): Promise<{ policy: PolicyRow; inForce: number | null }> {
  const policy = await findPolicy(tx, key);
  if (!policy) throw noSuchPolicy();
  return { policy, inForce: await numberInForce(tx, policy.id, at) };
}

/** One public version's head. @throws Refusal `not-found` when there is none of this number, or it is not public */
export async function findPublicHead(tx: Tx, policyId: string, at: Date, inForce: number | null, number: number): Promise<PublicVersionHead> {
  const [head] = await publicVersionRows(tx, policyId, at, inForce, number + 1, 1);
  if (head?.number !== number) throw noSuchVersion();
  return head;
}

/** A public version with its text, and what its clauses cite in terms as they are now. */
export async function publicVersion(tx: Tx, policyId: string, head: PublicVersionHead, defaultLocale: string, locale: string | undefined): Promise<PublicVersion> {
  const whole = await findVersionWhole(tx, policyId, head.number);
  const text = whole?.texts.find((one) => one.locale === locale) ?? leadingText(whole?.texts ?? [], defaultLocale);
  if (!whole || !text) throw noSuchVersion();
  const cited = await describeCited(tx, whole.citations.map((citation) => citation.use.key));
  const rendered = renderText(text, whole.citations);
  return {
    ...head,
    replaces: whole.replaces,
    locale: text.locale,
    title: text.title,
    headings: rendered.headings,
    clauses: rendered.clauses.map(({ id, anchor, heading, html, uses }) => ({ id, anchor, heading, html, uses: uses.flatMap((use) => cited.get(use.key) ?? []) })),
    texts: inLocaleOrder(whole.texts, defaultLocale).map((one) => ({ ...one, digest: toHex(policyTextDigest(one)) })),
  };
}

async function describeCited(tx: Tx, keys: readonly string[]): Promise<ReadonlyMap<string, CitedTerms>> {
  const uses = await termsInForce(tx, keys);
  if (uses.length === 0) return new Map();
  const nameOf = await namesOfWords(tx, uses.map((use) => use.terms));
  return new Map(uses.map(({ key, name, version, terms }) => [key, { key, name, version, terms: describeTerms(terms, nameOf) }]));
}
