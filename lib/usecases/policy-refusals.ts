import { Refusal } from "@/lib/domain/refusal";

/** The refusals that several acts on policies share, each in one wording. */

export function noSuchPolicy(): Refusal {
  return new Refusal("not-found", "There is no policy of this name.");
}

export function noSuchVersion(): Refusal {
  return new Refusal("not-found", "This policy has no such version.");
}

/** @param revision the one that is saved now, so that the form can offer to go on from it */
export function draftChanged(revision: number): Refusal {
  return new Refusal("conflict-draft-changed", "Somebody else saved this draft while you had it open. Nothing of theirs was overwritten, and what you typed is still here.", { detail: { revision } });
}

export function draftGone(): Refusal {
  return new Refusal("conflict-draft-changed", "This draft is no longer there: it was published or discarded while you had it open.");
}

/** Whether the database refused because a row of this unique index is there already (SQLSTATE 23505). */
export function isTaken(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === "P2002";
}
