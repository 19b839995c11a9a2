import type { AnswerFacts, LiveUse, PermissionStand, PersonFacts } from "@/lib/data/ledger/answer-facts";
import type { Answering } from "@/lib/data/ledger/append-answers";
import { Refusal } from "@/lib/domain/refusal";
import type { Common } from "./answer-questions-fact";

/** What taking back says; or the answer that said so before, after which there is nothing to say. */
export type TakenBack = Answering | { readonly already: PermissionStand; readonly use: string };

/**
 * Takes a permission back, held against what is live under the ledger's lock: a grant is withdrawn, legitimate interests
 * are objected to. `path` is where the input says it. Throws `not-found` and `nothing-changed`.
 */
export function takeBack(common: Common, useId: string, facts: AnswerFacts, person: PersonFacts, path: string): TakenBack {
  const use = facts.uses.get(useId);
  if (!use || !person.known) throw new Refusal("not-found", "There is no such data use.", { faults: [{ path, message: "Not a published data use." }] });
  const stand = person.permissions.get(useId);
  // A no of the same kind that stands already. A refusal may still become an objection, which is stronger.
  if (stand && (stand.state === "withdrawn" || stand.state === "objected")) return { already: stand, use: use.key };
  return { about: useId, fact: { kind: "permission-answered", v: 3, ...common, use: use.key, ...noTo(use, stand, path), shown: null, expiresAt: null } };
}

function noTo(use: LiveUse, stand: PermissionStand | undefined, path: string): { answer: "objected" | "withdrawn"; version: number; declined?: number } {
  if (use.basis === "legitimate-interests") return { answer: "objected", version: use.version };
  if (stand?.state === "granted") return { answer: "withdrawn", version: stand.version, ...(stand.declined === null ? {} : { declined: stand.declined }) };
  const why = stand ? "You said no to this already, and your no stands." : "You have not permitted this, so there is nothing to take back.";
  throw new Refusal("nothing-changed", why, { faults: [{ path, message: why }] });
}
