import { authorise } from "@/lib/usecases/authorise";
import { authoriseNow } from "@/lib/usecases/authorise-now";
import type { ChangeRoleInput } from "@/lib/contract/staff";
import { writeToLedger } from "@/lib/data/ledger/write";
import { endSessionsOf } from "@/lib/data/sessions";
import { anotherAdmin, standingOf } from "@/lib/data/staff";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { sameRequest } from "@/lib/usecases/same-request";

/**
 * Gives somebody another role and ends their sessions in the same transaction, so that nobody goes on under the old one.
 * @throws Refusal `not-found`, `nothing-changed`, or `last-admin` when nobody could look after the team any more
 */
export async function changeRole(actor: Actor, input: ChangeRoleInput): Promise<void> {
  authorise(actor, "team.manage");
  await writeToLedger<void>(
    { staff: actor.id },
    input.requestId,
    async ({ tx, append }) => {
      await authoriseNow(tx, actor, "team.manage");
      const standing = await standingOf(tx, input.staff);
      if (!standing) throw new Refusal("not-found", "This person is not on the team.");
      if (standing.role === input.role) throw new Refusal("nothing-changed", "They already have this role.");
      if (standing.role === "admin" && !standing.disabled && !(await anotherAdmin(tx, input.staff))) {
        throw new Refusal("last-admin", "This is the last admin. Make somebody else an admin first.");
      }
      await tx.staff.update({ where: { id: input.staff }, data: { role: input.role }, select: { id: true } });
      await endSessionsOf(tx, input.staff);
      append({ kind: "staff-role-changed", v: 1, staff: input.staff, from: standing.role, to: input.role });
    },
    async (_tx, entries) => void sameRequest(entries, "staff-role-changed", (entry) => entry.staff === input.staff && entry.to === input.role),
  );
}
