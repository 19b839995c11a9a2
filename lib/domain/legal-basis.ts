import type { LegalBasis } from "./terms";

/** What a basis leaves to the person: to agree first, to object, or nothing to choose. */
export function restsOn(basis: LegalBasis): "consent" | "interest" | "duty" {
  if (basis === "consent") return "consent";
  return basis === "legitimate-interests" ? "interest" : "duty";
}

/** Whether people may say no to what rests on this (GDPR Art. 7, Art. 21). */
export const leavesChoice = (basis: LegalBasis): boolean => restsOn(basis) !== "duty";

/** Whether somebody who asked to be left alone, and of whom nothing else is known, objects to what rests on this. */
export const strangersMayObject = (basis: LegalBasis): boolean => restsOn(basis) === "interest";
