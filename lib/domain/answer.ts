import type { PermissionState } from "./decision";
import type { PermissionAnswered } from "./entry";

/** What can be said to a question about a data use. `kept`: no to the version shown, and the earlier grant stands. */
export type PermissionAnswer = PermissionState | "kept";

/** What an answer was, in one word. */
export function answerOf({ answer, keeps }: Pick<PermissionAnswered, "answer" | "keeps">): PermissionAnswer {
  return keeps === undefined ? answer : "kept";
}

/** What stands after an answer. */
export type Stands = {
  readonly state: PermissionState;
  readonly version: number;
  /** A later version that is refused, whatever the state says of `version`. */
  readonly declined: number | null;
  /** A grant that is good for one allowed decision. */
  readonly once: boolean;
};

/**
 * What an answer leaves behind: itself, and nothing of the answers before it. Who keeps what they agreed to has granted
 * the version kept and refused the one shown.
 */
export function standsAfter({ answer, version, keeps, declined, once }: PermissionAnswered): Stands {
  const kept = keeps !== undefined;
  return { state: kept ? "granted" : answer, version: keeps ?? version, declined: kept ? version : (declined ?? null), once: once === true };
}

/** Why an earlier consent was not brought in. */
export const importSkips = ["unknown-use", "unknown-version", "no-choice", "left-alone", "in-the-future", "answered-here", "not-newer", "twice"] as const;
export type ImportSkip = (typeof importSkips)[number];

/**
 * Whether an answer that was given elsewhere may stand here: never in the place of one given here, and never in that of
 * one that was given there at the same time or later.
 */
export function mayImport(standing: { readonly importedAt: Date | null } | null, answeredAt: Date): ImportSkip | null {
  if (standing === null) return null;
  if (standing.importedAt === null) return "answered-here";
  return standing.importedAt < answeredAt ? null : "not-newer";
}
