import type { PolicyHead } from "@/lib/contract/policy-views";
import type { PublicPolicies, PublicVersion } from "@/lib/contract/public-policy";
import type { PublicComparison } from "@/lib/usecases/compare-public-policy-versions";
import { policyPath } from "@/lib/delivery/web/policy-paths";

/** The public documents as Markdown: a few lines of facts as front matter, then the text exactly as published. */

export function policiesMarkdown({ organisation, policies }: PublicPolicies): string {
  const lines = policies.map((policy) => `- [${escaped(policy.title)}](${policyPath(policy.key)}.md): version ${policy.number}, in force from ${day(policy.inForceFrom)}`);
  return `# Policies of ${escaped(organisation)}\n\n${lines.length > 0 ? lines.join("\n") : "No policy is in force."}\n`;
}

export function versionMarkdown(policy: PolicyHead, version: PublicVersion): string {
  const text = version.texts.find((one) => one.locale === version.locale);
  const facts: Record<string, string | number | null> = {
    title: version.title,
    policy: policy.key,
    version: version.number,
    standing: version.standing,
    inForceFrom: version.inForceFrom.toISOString(),
    until: version.until?.toISOString() ?? null,
    locale: version.locale,
    digest: version.digest,
    source: policy.source,
    licence: policy.licence,
    attribution: policy.attribution,
  };
  return `${frontMatter(facts)}\n${text?.markdown ?? ""}\n`;
}

export function comparisonMarkdown({ policy, from, to, locale, stats, markdown }: PublicComparison): string {
  const facts = {
    title: `${policy.title}: version ${from.number} to ${to.number}`,
    policy: policy.key,
    from: from.number,
    to: to.number,
    fromDate: from.inForceFrom?.toISOString() ?? null,
    toDate: to.inForceFrom?.toISOString() ?? null,
    locale,
    wordsAdded: stats.addedWords,
    wordsRemoved: stats.removedWords,
  };
  return `${frontMatter(facts)}\n${markdown}`;
}

/** YAML with every text in JSON's quotation marks, which YAML 1.2 reads as they are. */
function frontMatter(facts: Readonly<Record<string, string | number | null>>): string {
  const lines = Object.entries(facts).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${JSON.stringify(value)}`]));
  return `---\n${lines.join("\n")}\n---\n`;
}

function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>#]/g, "\\$&");
}

function day(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}
