import type { StaffActor } from "@/lib/domain/actor";
import type { StaffAct } from "@/lib/domain/roles";
import { Refusal } from "@/lib/domain/refusal";
import type { Tx } from "@/lib/data/client";
import { standingOf } from "@/lib/data/staff";
import { authorise } from "@/lib/usecases/authorise";

/**
 * Authorises once more behind the ledger's lock: whoever was demoted or disabled while waiting there no longer acts.
 * Throws `signed-out` or `forbidden`.
 */
export async function authoriseNow(tx: Tx, actor: StaffActor, act: StaffAct): Promise<void> {
  const standing = await standingOf(tx, actor.id);
  if (!standing || standing.disabled) throw new Refusal("signed-out", "Your account was disabled. Ask an admin.");
  authorise({ ...actor, role: standing.role, alone: standing.alone }, act);
}
