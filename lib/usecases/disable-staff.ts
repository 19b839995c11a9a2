import { authorise } from "@/lib/usecases/authorise";
import { authoriseNow } from "@/lib/usecases/authorise-now";
import type { StaffInput } from "@/lib/contract/staff";
import { writeToLedger } from "@/lib/data/ledger/write";
import { endSessionsOf } from "@/lib/data/sessions";
import { anotherAdmin, standingOf } from "@/lib/data/staff";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { sameRequest } from "@/lib/usecases/same-request";

/**
 * Closes an account and ends its sessions in the same transaction; what the person wrote and published stays.
 * @throws Refusal `not-found`, `nothing-changed`, or `last-admin`
 */
export async function disableStaff(actor: Actor, input: StaffInput): Promise<void> {
  authorise(actor, "team.manage");
  await writeToLedger<void>(
    { staff: actor.id },
    input.requestId,
    async ({ tx, now, append }) => {
      await authoriseNow(tx, actor, "team.manage");
      const standing = await standingOf(tx, input.staff);
      if (!standing) throw new Refusal("not-found", "This person is not on the team.");
      if (standing.disabled) throw new Refusal("nothing-changed", "This account is already disabled.");
      if (standing.role === "admin" && !(await anotherAdmin(tx, input.staff))) {
        throw new Refusal("last-admin", "This is the last admin. Make somebody else an admin first.");
      }
      await tx.staff.update({ where: { id: input.staff }, data: { disabledAt: now }, select: { id: true } });
      await endSessionsOf(tx, input.staff);
      append({ kind: "staff-disabled", v: 1, staff: input.staff });
    },
    async (_tx, entries) => void sameRequest(entries, "staff-disabled", (entry) => entry.staff === input.staff),
  );
}
