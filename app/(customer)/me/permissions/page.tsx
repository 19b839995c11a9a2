import { randomUUID } from "node:crypto";
import { HandHeart } from "lucide-react";
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { ForgetsWith } from "@/components/person/forgets-with";
import { PermissionCard } from "@/components/person/permission-card";
import { SignalNotice } from "@/components/person/signal-notice";
import { answeredWords } from "@/components/person/words";
import { WithdrawForm } from "@/components/person/withdraw-form";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { PassedOn } from "@/components/webhook/passed-on";
import type { PermissionView } from "@/lib/contract/permission";
import { requirePerson, show } from "@/lib/delivery/web/page";
import { showMyEndings } from "@/lib/usecases/show-my-endings";
import { showMyFrame } from "@/lib/usecases/show-my-frame";
import { countMyMemory } from "@/lib/usecases/show-my-memory";
import { showMySignal } from "@/lib/usecases/show-my-signal";
import { showPermissions } from "@/lib/usecases/show-permissions";
import { withdrawAction } from "../actions";

export const metadata: Metadata = { title: "Your permissions" };

type Query = Promise<{ done?: string | string[]; use?: string | string[] }>;

export default async function PermissionsPage({ searchParams }: { searchParams: Query }) {
  const person = await requirePerson();
  const [permissions, remembered, signal, { organisation, contactEmail }, endings, { done, use }] = await Promise.all([show(showPermissions(person)), countMyMemory(person), showMySignal(person), showMyFrame(person), showMyEndings(person), searchParams]);
  const groups = grouped(permissions);
  const acted = permissions.find((one) => one.use === use && (one.state === done || (done === "kept" && one.state === "granted") || (done === "withdrawn" && one.state === "objected")));
  return (
    <>
      <PageHeader title="Your permissions" description={`What ${organisation} may do with your data, and what not. You can change every answer at any time.`} />
      {acted ? <Result permission={acted} organisation={organisation} withdrawn={done === "withdrawn"} /> : null}
      {signal ? <SignalNotice signal={signal} organisation={organisation} /> : null}
      {permissions.length === 0 ? (
        <EmptyState icon={<HandHeart />} title="Nothing here yet">As soon as {organisation} would like to use your data for something, you find it here.</EmptyState>
      ) : null}
      {groups.map(({ key, title, description, permissions: list }) => (
        <Section key={key} title={title} description={description}>
          <ul className="space-y-4">
            {list.map((one) => (
              <PermissionCard
                key={one.use}
                permission={one}
                passedOn={<PassedOn ending={endings.find((ending) => ending.use === one.use)} />}
                actions={<>{actionsFor(one, contactEmail)}<ForgetsWith count={saidNo(one) ? 0 : (remembered.counts.get(one.use) ?? 0)} freezeDays={remembered.freezeDays} /></>}
              />
            ))}
          </ul>
        </Section>
      ))}
    </>
  );
}

/** Then nothing is left to take away: what was remembered went with their no. */
const saidNo = ({ state }: PermissionView): boolean => state === "refused" || state === "withdrawn" || state === "objected";

type Group = { readonly key: string; readonly title: string; readonly description?: string; readonly permissions: readonly PermissionView[] };

function grouped(permissions: readonly PermissionView[]): Group[] {
  const place = ({ state, basis }: PermissionView): string => {
    if (basis !== "consent" && state !== "withdrawn" && state !== "objected") return basis === "legitimate-interests" ? "interest" : "duty";
    return state === "granted" ? "yes" : state === "never-asked" ? "open" : "no";
  };
  const groups = [
    { key: "yes", title: "You said yes" },
    { key: "no", title: "You said no", description: "A no stays a no. It costs you nothing." },
    { key: "open", title: "Not answered yet", description: "Until you answer, this is not done with your data." },
    { key: "interest", title: "Done unless you object", description: "For this no permission is needed, but your objection counts." },
    { key: "duty", title: "Needed for what you have with us", description: "Nothing to choose here, but you should know." },
  ];
  return groups.map((group) => ({ ...group, permissions: permissions.filter((one) => place(one) === group.key) })).filter((group) => group.permissions.length > 0);
}

function actionsFor(permission: PermissionView, contactEmail: string | null): ReactNode {
  const { use, title, state, basis, due, askable } = permission;
  const again = (label: string, variant: "primary" | "secondary") => (
    <LinkButton variant={variant} href={`/me/permissions/${use}`} aria-label={`${label}: ${title}`}>{label}</LinkButton>
  );
  const answerable = askable && (basis === "consent" || basis === "legitimate-interests");
  const takeBack = (label: string) => <WithdrawForm action={withdrawAction} use={use} title={title} requestId={randomUUID()} label={label} />;
  if (state === "withdrawn" || state === "objected") {
    if (answerable) return again(state === "withdrawn" ? "Permit it again" : "Take the objection back", "secondary");
    return contactEmail === null ? null : <p className="text-sm text-muted">To change this, write to {contactEmail}.</p>;
  }
  if (basis === "legitimate-interests") return takeBack("Object");
  if (basis !== "consent") return state === "granted" ? takeBack("Withdraw") : null;
  return (
    <>
      {due !== null ? again("Answer now", "primary") : (state === "refused" || permission.answered?.declined) && answerable ? again("Change your answer", "secondary") : null}
      {state === "granted" ? takeBack("Withdraw") : null}
    </>
  );
}

/** What was just done, and what follows. A browser's signal may have made an objection of a withdrawal since. */
function Result({ permission, organisation, withdrawn }: { permission: PermissionView; organisation: string; withdrawn: boolean }) {
  const { state, title, locale, use, askable, ifNo } = permission;
  if (state === "never-asked") return null;
  if (state !== "withdrawn" && state !== "objected") {
    return <div className="mb-8"><Notice tone="success" result>{answeredWords(title, permission.answered?.declined ? "kept" : state)}</Notice></div>;
  }
  return (
    <div className="mb-8">
      <Notice
        tone="success"
        result
        title={answeredWords(title, withdrawn ? "withdrawn" : state)}
        actions={askable ? <LinkButton size="sm" href={`/me/permissions/${use}`}>Undo</LinkButton> : undefined}
      >
        From this moment {organisation} may not use your data for it, and everything that asks is told no. <span lang={locale}>{ifNo}</span>
      </Notice>
    </div>
  );
}
