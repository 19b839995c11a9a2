import { covers, sameTerms } from "./compare-terms";
import { type LegalBasis, type Terms } from "./terms";

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
 * a refusal of a newer version the grant of an older one no longer holds.
 */
export type Permission = {
  readonly state: PermissionState;
  /** The version of the use that was shown when the person answered. */
  readonly version: number;
  /** People change, so a grant may age; null when it does not. */
  readonly expiresAt: Date | null;
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
 * - A version that is not in force yet allows nothing: nobody can have been told of it.
 */
export function decide(facts: DecisionFacts): Decision {
  const { requested, live, permission } = facts;
  const rests = restsOn(requested.basis);
  const leavesChoice = rests !== "duty" || (live !== null && restsOn(live.basis) !== "duty");
  if (leavesChoice && permission !== null && permission.state !== "granted") return no(permission.state);
  if (live === null || requested.version > live.version) return no(permission === null ? "never-asked" : "use-changed");
  if (rests !== "consent") return { allowed: true, reason: "not-required" };
  if (permission === null) return no("never-asked");
  if (!facts.carries) return no("use-changed");
  if (hasExpired(permission, facts.now)) return no("expired");
  return { allowed: true, reason: "granted" };
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
 * never because time went by or the wording is new.
 */
export function isDue(
  live: { readonly basis: LegalBasis } | null,
  permission: Permission | null,
  carriesToLive: boolean,
  now: Date,
): DueReason | null {
  if (live === null || restsOn(live.basis) !== "consent") return null;
  if (permission === null) return "never-asked";
  if (!carriesToLive) return "use-changed";
  return permission.state === "granted" && hasExpired(permission, now) ? "expired" : null;
}

/** What a basis leaves to the person: to agree first, to object, or nothing to choose. */
function restsOn(basis: LegalBasis): "consent" | "interest" | "duty" {
  if (basis === "consent") return "consent";
  return basis === "legitimate-interests" ? "interest" : "duty";
}

/** A grant holds until its end, not at it. */
function hasExpired(permission: Permission, now: Date): boolean {
  return permission.expiresAt !== null && permission.expiresAt <= now;
}

function no(reason: Exclude<DecisionReason, "granted" | "not-required">): Decision {
  return { allowed: false, reason };
}
