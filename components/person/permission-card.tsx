import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";
import { Disclosure } from "@/components/ui/disclosure";
import { StatusBadge, type Status } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import { TermsInWords } from "@/components/use/terms-in-words";
import type { PermissionView } from "@/lib/contract/permission";
import { ChangeList } from "./change-list";
import { stateWords } from "./words";

/** One data use as its person sees it: what stands, since when, and what can be done about it. */
export function PermissionCard({ permission, actions, passedOn }: { permission: PermissionView; actions?: ReactNode; passedOn?: ReactNode }) {
  const { title, locale, answered, benefit, terms, due, basis } = permission;
  const asked = basis === "consent" || answered !== null;
  return (
    <Card as="li" padding="lg">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div lang={locale} className="min-w-0 flex-1 basis-64">
          <h3 className="font-serif text-xl font-medium text-ink">{title}</h3>
          {benefit === "" ? null : <p className="mt-1 text-muted">{benefit}</p>}
        </div>
        {asked ? <StatusBadge status={statusOf(permission)} label={labelOf(permission)} /> : null}
      </div>
      {answered ? (
        <p className="mt-3 text-sm text-muted">
          {answered.imported ? (
            <>Brought in from {answered.imported.source}, where it was answered on <Time at={answered.imported.answeredAt} show="date" />; recorded for version {answered.version}</>
          ) : (
            <>{hasKept(permission) ? "Kept" : "Answered"} on <Time at={answered.at} show="date" />, {hasKept(permission) ? "as agreed to with" : "for"} version {answered.version}</>
          )}
          {answered.expiresAt ? <>, until <Time at={answered.expiresAt} show="date" /></> : null}
          {answered.once ? (answered.usedAt ? <>, for one time, which was on <Time at={answered.usedAt} show="date" /></> : ", for one time") : null}.
        </p>
      ) : null}
      <Standing permission={permission} />
      {passedOn ?? null}
      <div className="mt-3">
        <Disclosure summary={due === "use-changed" || hasKept(permission) ? `What you answered (version ${answered?.version})` : "What exactly"}>
          <TermsInWords terms={terms} />
        </Disclosure>
      </div>
      {actions ? <div className="mt-5 flex flex-wrap gap-2.5">{actions}</div> : null}
    </Card>
  );
}

function statusOf({ state, reason }: PermissionView): Status {
  return state === "granted" && reason === "expired" ? "expired" : state;
}

function labelOf(permission: PermissionView): string {
  const { state, reason, answered } = permission;
  if (state === "granted" && reason === "expired") return answered?.usedAt ? "Your yes was used" : "Your yes has run out";
  return hasKept(permission) ? stateWords.kept : stateWords[state];
}

const hasKept = ({ state, answered }: PermissionView): boolean => state === "granted" && answered !== null && answered.declined !== null;

/** What follows from the answer now, where that is not plain from the answer alone. */
function Standing({ permission }: { permission: PermissionView }) {
  const { state, due, ifNo, locale, changes, answered, liveVersion, allowed } = permission;
  if (due === "use-changed") {
    return (
      <div className="mt-4 rounded-lg border border-warn-line bg-warn-soft p-4">
        <p className="mb-3 font-medium text-warn">
          This has changed since you answered.{" "}
          {state === "granted" ? `Your yes holds for version ${answered?.version} only; version ${liveVersion} waits for you.` : `Your no stands until you answer version ${liveVersion}.`}
        </p>
        <ChangeList changes={changes} />
      </div>
    );
  }
  if (hasKept(permission) && !allowed) {
    return <p className="mt-2 text-ink">What you agreed to with version {answered?.version} stays as it is. To version {answered?.declined} you said no: what it added is not done with your data.</p>;
  }
  if (state === "withdrawn" || state === "objected" || state === "refused") {
    return <p className="mt-2 text-ink">This is not done with your data.{ifNo === "" ? null : <span lang={locale}> {ifNo}</span>}</p>;
  }
  return null;
}
