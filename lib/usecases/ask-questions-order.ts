import type { QuestionReason } from "@/lib/contract/question";
import type { Drafted } from "./ask-questions-content";

const urgency: { readonly [R in QuestionReason]: number } = { "use-changed": 0, "new-version": 1, expired: 2, "never-asked": 3, "your-choice": 4 };
const reach = { wider: 0, different: 1, narrower: 2, none: 3 } as const;

/** What asks most of the person: of the changes the first, since they stand in that order (see `changesFor`). */
const reachOf = ({ content }: Drafted): number => reach[content.changes[0]?.relation ?? "none"];

/**
 * Most important first: deals that changed, new versions of policies, answers that ran out, what was never asked. Within
 * each, what reaches further than what was agreed to comes before what is merely different, and that before what is
 * narrower; then as they came.
 */
export function byImportance(a: Drafted, b: Drafted): number {
  return urgency[a.reason] - urgency[b.reason] || reachOf(a) - reachOf(b);
}
