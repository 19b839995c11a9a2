import type { WithdrawalView, WithdrawPermissionInput } from "@/lib/contract/permission";
import { database } from "@/lib/data/client";
import { digestOf } from "@/lib/data/digest";
import { appendAnswers } from "@/lib/data/ledger/append-answers";
import { findUseId } from "@/lib/data/permissions";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { provenIn } from "./answer-questions-receipts";
import { authorisePerson } from "./authorise";
import { takeBack } from "./withdraw-permission-fact";

/**
 * Takes a permission back, at once and without a question (GDPR Art. 7(3)); where a use rests on legitimate interests it
 * is an objection (Art. 21). Doing it again changes nothing and says so.
 * Throws `not-found` for an unknown use, `nothing-changed` where there is nothing to take back.
 */
export async function withdrawPermission(actor: Actor, input: WithdrawPermissionInput): Promise<WithdrawalView> {
  authorisePerson(actor);
  const useId = await findUseId(database(), input.use);
  if (useId === null) throw new Refusal("not-found", "There is no such data use.");
  let already: WithdrawalView | null = null;
  const recorded = await appendAnswers({
    by: { person: actor.id },
    requestId: input.requestId,
    digest: digestOf({ withdrawn: input.use }),
    person: actor.id,
    uses: [useId],
    policies: [],
    decide(facts, person) {
      const taken = takeBack({ person: actor.id, channel: actor.channel, identity: person.identity }, useId, facts, person, "use");
      if (!("already" in taken)) return [taken];
      const { state, version, answeredAt: recordedAt, index } = taken.already;
      already = { use: taken.use, state, version, recordedAt, index, already: true };
      return [];
    },
  });
  if (already) return already;
  const [one] = await provenIn(recorded);
  if (one?.entry.kind !== "permission-answered") throw new Error("a withdrawal is one entry");
  const { use, answer, version, at, index } = one.entry;
  return { use, state: answer, version, recordedAt: new Date(at), index, already: false };
}
