import type { DecisionReason } from "@/lib/domain/decision";

/** Why a row stays or goes, as staff say it. */
export const reasonWords: { readonly [R in DecisionReason]: string } = {
  granted: "Said yes",
  "not-required": "No permission needed",
  "never-asked": "Never asked, or unknown",
  refused: "Said no",
  withdrawn: "Took the yes back",
  expired: "The yes has run out",
  "use-changed": "The use changed since the yes",
  objected: "Objected",
};
