import type { PolicyHead } from "@/lib/contract/policy-views";
import type { PublicPolicies, PublicPolicy, PublicPolicyVersion, PublicVersion, PublicVersionHead } from "@/lib/contract/public-policy";
import type { PublicComparison } from "@/lib/usecases/compare-public-policy-versions";
import { comparisonPath, policyPath, versionPath } from "@/lib/delivery/web/policy-paths";

/** The public documents as JSON: stable addresses, digests, dates, and what each clause cites in plain words. */

export function policiesJson({ organisation, policies, next }: PublicPolicies) {
  return {
    organisation,
    policies: policies.map((policy) => ({ ...policy, url: policyPath(policy.key), json: `${policyPath(policy.key)}.json`, markdown: `${policyPath(policy.key)}.md` })),
    next: next === null ? null : `/policies.json?after=${next}`,
  };
}

export function policyJson({ organisation, policy, version, announced, history, older, total }: PublicPolicy) {
  return {
    organisation,
    policy: policyFacts(policy),
    version: versionFacts(policy.key, version),
    announced: announced.map((head) => headFacts(policy.key, head)),
    versions: { total, items: history.map((head) => headFacts(policy.key, head)), next: older === null ? null : `${policyPath(policy.key)}.json?before=${older}` },
  };
}

export function versionJson({ organisation, policy, version, before, after }: PublicPolicyVersion) {
  const url = (number: number | null) => (number === null ? null : versionPath(policy.key, number));
  return { organisation, policy: policyFacts(policy), version: versionFacts(policy.key, version), before: url(before), after: url(after) };
}

export function comparisonJson({ organisation, policy, from, to, locale, stats, titles, blocks }: PublicComparison) {
  const side = ({ number, inForceFrom, standing }: PublicComparison["from"]) => ({ number, inForceFrom, standing, url: versionPath(policy.key, number) });
  return { organisation, policy: policyFacts(policy), url: comparisonPath(policy.key, from.number, to.number), from: side(from), to: side(to), locale, words: stats, title: titles, blocks };
}

function policyFacts({ key, title, audience, asks, source, licence, attribution }: PolicyHead) {
  return { key, title, audience, asks, url: policyPath(key), source, licence, attribution };
}

function headFacts(key: string, { number, standing, inForceFrom, until, publishedAt, origin, changeNote, digest, entryIndex }: PublicVersionHead) {
  return { number, standing, inForceFrom, until, publishedAt, origin, changeNote, digest, entryIndex, url: versionPath(key, number) };
}

function versionFacts(key: string, version: PublicVersion) {
  return {
    ...headFacts(key, version),
    replaces: version.replaces,
    texts: version.texts,
    clauses: version.clauses.map(({ id, anchor, heading, uses }) => ({ id, heading, url: `${versionPath(key, version.number)}#${anchor}`, uses })),
  };
}
