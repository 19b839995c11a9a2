import type { UsesMade } from "@/lib/contract/use-count";
import { countDecision, flushDecisions as flush, isPublished } from "@/lib/data/decision-tally";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { authoriseProgram } from "@/lib/usecases/authorise";

/**
 * Notes that a host used data without asking for a decision, so that compliance sees it beside the decisions. It is
 * counted, nothing more. Throws `not-found` for a use that is not published.
 */
export async function reportUsesMade(actor: Actor, made: UsesMade): Promise<void> {
  authoriseProgram(actor, "decide");
  if (!(await isPublished(made.use))) {
    throw new Refusal("not-found", `There is no published data use “${made.use}”.`, { faults: [{ path: "use", message: "Not a published data use." }] });
  }
  countDecision(made.use, "unasked", actor.keyId, made.call, made.count);
  await flush();
}

/** Writes what was counted and waits in this process; before it ends. */
export const flushDecisions = (): Promise<void> => flush();
