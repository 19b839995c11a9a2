import { authorise } from "@/lib/usecases/authorise";
import { authoriseNow } from "@/lib/usecases/authorise-now";
import type { StaffInput } from "@/lib/contract/staff";
import { writeToLedger } from "@/lib/data/ledger/write";
import { standingOf } from "@/lib/data/staff";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { sameRequest } from "@/lib/usecases/same-request";

/** Opens a disabled account again, with the role and password it had. Throws `not-found` or `nothing-changed`. */
export async function enableStaff(actor: Actor, input: StaffInput): Promise<void> {
  authorise(actor, "team.manage");
  await writeToLedger<void>(
    { staff: actor.id },
    input.requestId,
    async ({ tx, append }) => {
      await authoriseNow(tx, actor, "team.manage");
      const standing = await standingOf(tx, input.staff);
      if (!standing) throw new Refusal("not-found", "This person is not on the team.");
      if (!standing.disabled) throw new Refusal("nothing-changed", "This account is not disabled.");
      await tx.staff.update({ where: { id: input.staff }, data: { disabledAt: null }, select: { id: true } });
      append({ kind: "staff-enabled", v: 1, staff: input.staff });
    },
    async (_tx, entries) => void sameRequest(entries, "staff-enabled", (entry) => entry.staff === input.staff),
  );
}
