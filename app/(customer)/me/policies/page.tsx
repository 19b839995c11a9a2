import { FileText } from "lucide-react";
import type { Metadata } from "next";
import { policyDifferencePath, policyVersionPath } from "@/components/person/paths";
import { answeredWords, stateWords } from "@/components/person/words";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { StatusBadge } from "@/components/ui/status-badge";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import type { PolicyStandingView } from "@/lib/contract/permission";
import { requirePerson, show } from "@/lib/delivery/web/page";
import { showMyPolicies } from "@/lib/usecases/show-my-policies";

export const metadata: Metadata = { title: "Your policies" };

type Query = Promise<{ done?: string | string[]; policy?: string | string[] }>;

export default async function PoliciesPage({ searchParams }: { searchParams: Query }) {
  const [policies, { done, policy }] = await Promise.all([show(showMyPolicies(await requirePerson())), searchParams]);
  const acted = policies.find((one) => one.policy === policy && one.state === done);
  return (
    <>
      <PageHeader title="Policies" description="The texts that apply to you, which version you last answered, and what changed since." />
      {acted ? <div className="mb-8"><Notice tone="success" result>{policyWords(acted)}</Notice></div> : null}
      {policies.length === 0 ? (
        <EmptyState icon={<FileText />} title="No policies yet">As soon as a policy is published, you find it here.</EmptyState>
      ) : (
        <ul className="space-y-4">{policies.map((one) => <PolicyCard key={one.policy} standing={one} />)}</ul>
      )}
    </>
  );
}

const policyWords = ({ title, state }: PolicyStandingView): string => (state === "refused" ? `Noted. You do not accept “${title}”.` : answeredWords(title, state));

function PolicyCard({ standing }: { standing: PolicyStandingView }) {
  const { policy, title, version, inForceFrom, state, answered, due, asks } = standing;
  return (
    <Card as="li" padding="lg">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <h2 className="min-w-0 font-serif text-xl font-medium text-ink">
          <TextLink href={policyVersionPath(policy, version)}>{title}</TextLink>
        </h2>
        {asks === "nothing" ? null : <StatusBadge status={due === null ? (state === "refused" ? "declined" : state) : "due"} label={due === null ? wordFor(standing) : "Waits for you"} />}
      </div>
      <p className="mt-2 text-muted">Version {version}, in force since <Time at={inForceFrom} show="date" />.{asks === "nothing" ? " For you to read; nothing is asked." : ""}</p>
      {answered ? (
        <p className="mt-1 text-muted">
          {stateWords[state]} <Time at={answered.at} show="date" />: <TextLink quiet href={policyVersionPath(policy, answered.version)}>{`version ${answered.version}`}</TextLink>.
        </p>
      ) : null}
      <div className="mt-4 flex flex-wrap items-center gap-x-5 gap-y-2.5 empty:hidden">
        {due !== null ? <LinkButton variant="primary" href={`/me/policies/${policy}`} aria-label={`Answer now: ${title}`}>Answer now</LinkButton> : null}
        {due === null && asks === "accept" ? <LinkButton href={`/me/policies/${policy}`} aria-label={`Change your answer: ${title}`}>Change your answer</LinkButton> : null}
        {answered && answered.version < version ? (
          <TextLink href={policyDifferencePath(policy, answered.version, version)}>{`What changed since version ${answered.version}`}</TextLink>
        ) : null}
      </div>
    </Card>
  );
}

function wordFor({ state }: PolicyStandingView): string {
  return state === "refused" ? "You did not accept it" : stateWords[state];
}
