import { covers, sameTerms } from "./compare-terms";
import { leavesChoice, restsOn, strangersMayObject } from "./legal-basis";
import { signalStands, type HeardSignal } from "./signal";
import type { LegalBasis, Terms } from "./terms";

export const decisionReasons = [
  "granted",
  "not-required",
  "never-asked",
  "refused",
  "withdrawn",
  "expired",
  "use-changed",
  "objected",
] as const;
export type DecisionReason = (typeof decisionReasons)[number];

export const permissionStates = ["granted", "refused", "withdrawn", "objected"] as const;
export type PermissionState = (typeof permissionStates)[number];

/**
 * The last answer of one person about one data use. There is only one: an answer replaces the one before it, so after
 * a refusal of a newer version the grant of an older one no longer holds, unless the answer was to keep it.
 */
export type Permission = {
  readonly state: PermissionState;
  /** The version of the use that was shown when the person answered. */
  readonly version: number;
  /** People change, so a grant may age; null when it does not. */
  readonly expiresAt: Date | null;
  /** A newer version that the person refused while they kept what they had granted. */
  readonly declined?: number | null;
  /** A grant that was good for one decision, which has been made. */
  readonly spent?: boolean;
};

/** Which changes of a use make people be asked again: any change of terms, or only those not provably narrower. */
export const reasks = ["any", "wider"] as const;
export type Reask = (typeof reasks)[number];

export type DecisionFacts = {
  readonly requested: { readonly version: number; readonly basis: LegalBasis };
  readonly live: { readonly version: number; readonly basis: LegalBasis } | null;
  readonly permission: Permission | null;
  /** Whether an answer to `permission.version` reaches the requested version (see `carries`); true when they are equal. */
  readonly carries: boolean;
  /** The same for the refusal of `permission.declined`; left out where there is none. */
  readonly declinedCarries?: boolean;
  /** What the person's browser has said to it, whenever that was; null for nothing. */
  readonly signal: HeardSignal | null;
  readonly now: Date;
};

export type Decision = { readonly allowed: boolean; readonly reason: DecisionReason };

/**
 * What may be done now with one person's data under one version of a use.
 *
 * - A no sticks: refused, withdrawn or objected denies every version with that reason, newer and older ones alike, and
 *   on legitimate interests too, so changing the legal basis never turns a no into a yes (GDPR Art. 7(3), Art. 21(3)).
 * - On consent only a grant allows, and only where it carries and has not expired. A change is named before an expiry,
 *   because the question that follows shows the person the change.
 * - Legitimate interests need no question, and the remaining bases of GDPR Art. 6(1) give no choice: `not-required`.
 *   Where the version in force does leave a choice, a no to it holds for older versions without one, too: nobody goes
 *   round it by naming a version from before the choice.
 * - Who kept an earlier grant has said yes to what it reaches and no to the rest: of what is newer, neither another
 *   legal basis nor terms that their no reaches make a yes.
 * - A signal of the person's browser that stands against it makes no of a yes, from the moment that either is there: the
 *   objection that is written of it later says no more (see `signalStands`).
 * - A version that is not in force yet allows nothing: nobody can have been told of it.
 */
export function decide(facts: DecisionFacts): Decision {
  const { requested, live, permission } = facts;
  const rests = restsOn(requested.basis);
  const mayChoose = rests !== "duty" || (live !== null && leavesChoice(live.basis));
  if (mayChoose && permission !== null && permission.state !== "granted") return no(permission.state);
  if (live === null || requested.version > live.version) return no(permission === null ? "never-asked" : "use-changed");
  if (rests !== "consent") {
    const declined = mayChoose && permission !== null && (permission.declined ?? null) !== null && requested.version > permission.version && !facts.carries;
    if (declined) return no("refused");
    return signalStands(facts) ? no("objected") : { allowed: true, reason: "not-required" };
  }
  if (permission === null) return no("never-asked");
  if (!facts.carries) return no(facts.declinedCarries ? "refused" : "use-changed");
  if (hasEnded(permission, facts.now)) return no("expired");
  return signalStands(facts) ? no("objected") : { allowed: true, reason: "granted" };
}

/**
 * Whether an answer to one version reaches another version of the same use.
 *
 * Forward, an answer reaches a newer version with the same terms, or, where the organisation asks again only for
 * `wider`, one that asks no more of the person. Backward, to a version older than the answered one, it reaches whatever
 * it covers: who agreed to 24 months agreed to the 12 before them, whatever the organisation chose.
 */
export function carries(
  answered: Terms,
  requested: Terms,
  reask: Reask,
  versions: { readonly answeredVersion: number; readonly requestedVersion: number },
): boolean {
  const backward = versions.requestedVersion < versions.answeredVersion;
  return backward || reask === "wider" ? covers(answered, requested) : sameTerms(answered, requested);
}

export type DueReason = "never-asked" | "use-changed" | "expired";

/**
 * Whether a person must be asked about the live version of a use, and why; null when not.
 *
 * Only consent is asked for. A no of any kind is asked again only when the terms changed so that it no longer carries,
 * never because time went by or the wording is new; so is the no of somebody who kept an earlier grant.
 */
export function isDue(
  live: { readonly basis: LegalBasis } | null,
  permission: Permission | null,
  carriesToLive: boolean,
  now: Date,
  declinedCarriesToLive = false,
): DueReason | null {
  if (live === null || restsOn(live.basis) !== "consent") return null;
  if (permission === null) return "never-asked";
  if (!carriesToLive) return declinedCarriesToLive ? null : "use-changed";
  return permission.state === "granted" && hasEnded(permission, now) ? "expired" : null;
}

/**
 * The version that a person may keep instead of answering for the changed use; null for none. They stand at a yes that
 * has not ended and does not reach the live version. One that was brought in from elsewhere is not kept: what it was
 * given to is not known, so a plain yes or no is asked for.
 */
export function versionToKeep(live: { readonly basis: LegalBasis }, permission: Permission | null, imported: boolean, carriesToLive: boolean, now: Date): number | null {
  if (restsOn(live.basis) !== "consent" || permission?.state !== "granted" || imported || carriesToLive) return null;
  return hasEnded(permission, now) ? null : permission.version;
}

/** What counts as the answer of somebody who gave none, or whose answers were forgotten; `leftAlone`: they asked to be. */
export function answerOfStranger({ version, basis }: DecisionFacts["requested"], leftAlone: boolean): Permission | null {
  return leftAlone && strangersMayObject(basis) ? { state: "objected", version, expiresAt: null } : null;
}

/** A grant holds until its end, not at it; one that is good for one decision until that is made. */
function hasEnded(permission: Permission, now: Date): boolean {
  return permission.spent === true || (permission.expiresAt !== null && permission.expiresAt <= now);
}

function no(reason: Exclude<DecisionReason, "granted" | "not-required">): Decision {
  return { allowed: false, reason };
}
