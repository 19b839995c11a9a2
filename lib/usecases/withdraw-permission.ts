import type { WithdrawalView, WithdrawPermissionInput } from "@/lib/contract/permission";
import { database } from "@/lib/data/client";
import { digestOf } from "@/lib/data/digest";
import { appendAnswers } from "@/lib/data/ledger/append-answers";
import type { LiveUse, Stand } from "@/lib/data/ledger/answer-facts";
import { findUseId } from "@/lib/data/permissions";
import type { Actor } from "@/lib/domain/actor";
import type { PermissionState } from "@/lib/domain/decision";
import { Refusal } from "@/lib/domain/refusal";
import { provenIn } from "./answer-questions-receipts";
import { authorisePerson } from "./authorise";

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
    decide({ uses }, person) {
      const use = uses.get(useId);
      if (!use || !person.known) throw new Refusal("not-found", "There is no such data use.");
      const taken = takenBack(use, person.permissions.get(useId));
      if (taken.already) {
        already = { use: use.key, ...taken };
        return [];
      }
      const { state: answer, version } = taken;
      return [{ about: useId, fact: { kind: "permission-answered", v: 2, person: actor.id, use: use.key, version, answer, shown: null, channel: actor.channel, identity: person.identity, expiresAt: null } }];
    },
  });
  if (already) return already;
  const [one] = await provenIn(recorded);
  if (one?.entry.kind !== "permission-answered") throw new Error("a withdrawal is one entry");
  const { use, answer, version, at, index } = one.entry;
  return { use, state: answer, version, recordedAt: new Date(at), index, already: false };
}

type Taken =
  | { readonly already: false; readonly state: PermissionState; readonly version: number }
  | { readonly already: true; readonly state: PermissionState; readonly version: number; readonly recordedAt: Date; readonly index: number };

function takenBack(use: LiveUse, stand: Stand<PermissionState> | undefined): Taken {
  // A no of the same kind that stands already. A refusal may still become an objection, which is stronger.
  if (stand && (stand.state === "withdrawn" || stand.state === "objected")) {
    return { already: true, state: stand.state, version: stand.version, recordedAt: stand.answeredAt, index: stand.index };
  }
  if (use.basis === "legitimate-interests") return { already: false, state: "objected", version: use.version };
  if (stand?.state === "granted") return { already: false, state: "withdrawn", version: stand.version };
  throw new Refusal("nothing-changed", stand ? "You said no to this already, and your no stands." : "You have not permitted this, so there is nothing to take back.");
}
