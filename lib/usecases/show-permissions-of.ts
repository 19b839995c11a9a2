import type { PermissionView, PolicyStandingView } from "@/lib/contract/permission";
import type { Asked, PolicyStandingRow, UseStanding } from "@/lib/data/questions";
import { decide, isDue } from "@/lib/domain/decision";
import { isPolicyDue } from "@/lib/domain/policy";
import { changesFor, inLanguage, permissionOf, termsInWords } from "./ask-questions-content";

/** Where a person stands with one data use, in their own words. */
export function permissionView(asked: Asked, use: UseStanding): PermissionView {
  const permission = permissionOf(use);
  const words = inLanguage(use.texts ?? [], asked);
  const decision = decide({
    requested: { version: use.version, basis: use.basis },
    live: { version: use.version, basis: use.basis },
    permission,
    carries: use.carries,
    declinedCarries: use.declinedCarries,
    signal: use.signal && { ...use.signal, requested: use.signal.live },
    now: asked.now,
  });
  return {
    use: use.key,
    name: use.name,
    title: words?.title ?? use.name,
    locale: words?.locale ?? asked.defaultLocale,
    benefit: words?.benefit ?? "",
    ifNo: words?.ifNo ?? "",
    // Also where their browser objected, and nobody has written that down yet.
    state: decision.reason === "objected" ? "objected" : (use.state ?? "never-asked"),
    due: words ? isDue({ basis: use.basis }, permission, use.carries, asked.now, use.declinedCarries) : null,
    basis: use.basis,
    liveVersion: use.version,
    answered:
      use.answered === null || use.answeredAt === null
        ? null
        : { version: use.answered, at: use.answeredAt, index: Number(use.entryIndex), channel: use.channel ?? "", expiresAt: use.expiresAt, ...boundsOf(use) },
    allowed: decision.allowed,
    reason: decision.reason,
    terms: termsInWords(asked, use.answered === null ? use.terms : use.answeredTerms),
    changes: changesFor(asked, use),
    askable: words !== undefined,
  };
}

function boundsOf({ declined, once, usedAt, importedFrom, importedAt }: UseStanding): Pick<NonNullable<PermissionView["answered"]>, "declined" | "once" | "usedAt" | "imported"> {
  return { declined, once, usedAt, imported: importedFrom === null || importedAt === null ? null : { source: importedFrom, answeredAt: importedAt } };
}

/** Where a person stands with one policy. */
export function policyStandingView(asked: Asked, policy: PolicyStandingRow): PolicyStandingView {
  return {
    policy: policy.key,
    name: policy.title,
    title: inLanguage(policy.texts, asked)?.title ?? policy.title,
    asks: policy.asks,
    version: policy.version,
    inForceFrom: policy.inForceFrom,
    state: policy.state ?? "never-asked",
    due: policy.asks === "nothing" ? null : isPolicyDue({ number: policy.version, askedSince: policy.askedSince }, policy.answered),
    answered:
      policy.answered === null || policy.answeredAt === null
        ? null
        : { version: policy.answered, at: policy.answeredAt, index: Number(policy.entryIndex), channel: policy.channel ?? "" },
  };
}
