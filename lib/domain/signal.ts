import type { DecisionFacts, PermissionState } from "./decision";
import { leavesChoice } from "./legal-basis";
import { subsumes } from "./taxonomy";
import type { LegalBasis, Terms } from "./terms";

export const gpcConcernsOf = ["sold", "shared", "targeted"] as const;
export type GpcConcern = (typeof gpcConcernsOf)[number];

/** Purposes (fideslang) by which somebody is picked out for advertising, or their data is handed on. */
const targeting = [
  "marketing.advertising.first_party.targeted",
  "marketing.advertising.third_party",
  "marketing.advertising.profiling",
  "marketing.advertising.negative_targeting",
];
/** What is handed on because a law says so is not for a signal to stop. */
const lawful = "third_party_sharing.legal_obligation";

/**
 * What Global Privacy Control has against these terms: that they sell, share or target; null for nothing. It does not
 * speak against use in the house, such as choosing content, or advertising that goes by the page and not by the person.
 * A purpose so wide that targeting is within it is taken as targeting.
 */
export function gpcConcerns({ sharing, purpose }: Pick<Terms, "sharing" | "purpose">): GpcConcern | null {
  if (sharing === "sold") return "sold";
  if (sharing === "shared" || (subsumes("third_party_sharing", purpose) && !subsumes(lawful, purpose))) return "shared";
  return targeting.some((one) => subsumes(one, purpose) || subsumes(purpose, one)) ? "targeted" : null;
}

export type SignalFacts = {
  readonly basis: LegalBasis;
  readonly concern: GpcConcern | null;
  /** The person's last answer, whether it reaches the live version, and whether what they were shown told of their signal. */
  readonly stand: { readonly state: PermissionState; readonly carries: boolean; readonly told: boolean } | null;
};

/**
 * Whether the signal becomes an objection now. It overrides a yes from before, but not one that was given by somebody who
 * was told of the conflict (CCPA regulations § 7025(c)). A no that stands needs no other; one from before the terms changed
 * is renewed, so that nobody is asked again while their browser says no. Where a basis leaves no choice, it changes nothing.
 */
export function signalObjects({ basis, concern, stand }: SignalFacts): boolean {
  if (concern === null || !leavesChoice(basis)) return false;
  if (stand === null) return true;
  if (stand.state === "granted") return !stand.told;
  return basis === "consent" && !stand.carries;
}

/** A signal that was heard from somebody's browser, and what it has against the versions of a use that are decided on. */
export type HeardSignal = {
  readonly requested: GpcConcern | null;
  readonly live: GpcConcern | null;
  /** Whether what they were shown when they last answered told them of their signal. */
  readonly told: boolean;
};

/**
 * Whether somebody's signal forbids what would be allowed without it: it becomes an objection to the version asked for, or
 * to the live one, whose no reaches the others. That holds from the moment that the version is in force and the signal was
 * heard, whichever comes last; whoever writes the objection down comes after it. What waits for a first yes goes on waiting.
 */
export function signalStands({ requested, live, permission, signal }: Pick<DecisionFacts, "requested" | "live" | "permission" | "signal">): boolean {
  if (signal === null) return false;
  const stand = permission && { state: permission.state, carries: true, told: signal.told };
  const objects = (basis: LegalBasis, concern: GpcConcern | null) => (stand !== null || basis !== "consent") && signalObjects({ basis, concern, stand });
  return objects(requested.basis, signal.requested) || (live !== null && objects(live.basis, signal.live));
}
