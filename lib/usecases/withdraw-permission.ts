import type { WithdrawalView, WithdrawPermissionInput } from "@/lib/contract/permission";
import { database } from "@/lib/data/client";
import { writeToLedger } from "@/lib/data/ledger/write";
import { findUseId, savePermissions } from "@/lib/data/permissions";
import { readUseStandings, type UseStanding } from "@/lib/data/questions";
import type { Actor } from "@/lib/domain/actor";
import type { PermissionState } from "@/lib/domain/decision";
import { Refusal } from "@/lib/domain/refusal";
import { authorisePerson } from "./authorise";
import { sameRequest } from "@/lib/usecases/same-request";

/**
 * Takes a permission back, at once and without a question (GDPR Art. 7(3)); where a use rests on legitimate interests it
 * is an objection (Art. 21). Doing it again changes nothing and says so.
 * Throws `not-found` for an unknown use, `nothing-changed` where there is nothing to take back.
 */
export async function withdrawPermission(actor: Actor, input: WithdrawPermissionInput): Promise<WithdrawalView> {
  authorisePerson(actor);
  const useId = await findUseId(database(), input.use);
  if (useId === null) throw new Refusal("not-found", "There is no such data use.");
  return writeToLedger<WithdrawalView>(
    { person: actor.id },
    input.requestId,
    async ({ tx, now, append }) => {
      const [use] = await readUseStandings(tx, actor.id, [useId]);
      if (!use) throw new Refusal("not-found", "There is no such data use.");
      const taken = takenBack(use);
      if (taken.already) return { use: use.key, ...taken };
      const { index } = append({
        kind: "permission-answered",
        v: 1,
        person: actor.id,
        use: use.key,
        version: taken.version,
        answer: taken.state,
        shown: null,
        channel: actor.channel,
        expiresAt: null,
      });
      await savePermissions(tx, actor.id, now, [
        { useId, state: taken.state, version: taken.version, channel: actor.channel, expiresAt: null, shown: null, entryIndex: index },
      ]);
      return { use: use.key, state: taken.state, version: taken.version, recordedAt: now, index: Number(index), already: false };
    },
    async (_tx, entries) => {
      const entry = sameRequest(entries, "permission-answered", (one) => one.use === input.use && one.shown === null);
      return { use: entry.use, state: entry.answer, version: entry.version, recordedAt: new Date(entry.at), index: entry.index, already: false };
    },
  );
}

type Taken =
  | { readonly already: false; readonly state: PermissionState; readonly version: number }
  | { readonly already: true; readonly state: PermissionState; readonly version: number; readonly recordedAt: Date; readonly index: number };

function takenBack(use: UseStanding): Taken {
  const { state, answered, answeredAt, entryIndex } = use;
  // A no of the same kind that stands already. A refusal may still become an objection, which is stronger.
  if ((state === "withdrawn" || state === "objected") && answered !== null && answeredAt !== null && entryIndex !== null) {
    return { already: true, state, version: answered, recordedAt: answeredAt, index: Number(entryIndex) };
  }
  if (use.basis === "legitimate-interests") return { already: false, state: "objected", version: use.version };
  if (state === "granted" && answered !== null) return { already: false, state: "withdrawn", version: answered };
  throw new Refusal("nothing-changed", state === "refused" ? "You said no to this already, and your no stands." : "You have not permitted this, so there is nothing to take back.");
}
