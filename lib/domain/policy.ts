/** A version of a policy is being written, or it has been published and then never changes again. */
export type PolicyVersionState =
  | { readonly state: "draft" }
  | {
      readonly state: "published";
      /** 1, 2, 3 … within the policy. */
      readonly number: number;
      /** From when on it is in force; later than the publication when it was scheduled. */
      readonly inForceFrom: Date;
    };

/**
 * The version in force at an instant: of those published, the one whose time began last. Null before the first.
 * When two begin at the same instant the higher number is in force, so there is never more than one.
 */
export function inForceAt<V extends PolicyVersionState>(
  versions: readonly V[],
  instant: Date,
): Extract<V, { readonly state: "published" }> | null {
  let found: Extract<V, { readonly state: "published" }> | null = null;
  for (const version of versions) {
    if (!isPublished(version) || version.inForceFrom > instant) continue;
    if (found === null || isLater(version, found)) found = version;
  }
  return found;
}

export type PolicyDueReason = "never-asked" | "new-version";

/**
 * Whether a person must be asked about a policy, and why; null when not.
 *
 * @param live the version in force, and the last version (itself or an earlier one) that asks people again
 * @param answered the number of the version the person last answered
 */
export function isPolicyDue(
  live: { readonly number: number; readonly askedSince: number },
  answered: number | null,
): PolicyDueReason | null {
  if (answered === null) return "never-asked";
  return answered < live.askedSince ? "new-version" : null;
}

type Published = Extract<PolicyVersionState, { readonly state: "published" }>;

function isPublished<V extends PolicyVersionState>(version: V): version is Extract<V, { readonly state: "published" }> {
  return version.state === "published";
}

function isLater(a: Published, b: Published): boolean {
  const later = a.inForceFrom.getTime() - b.inForceFrom.getTime();
  return later > 0 || (later === 0 && a.number > b.number);
}
