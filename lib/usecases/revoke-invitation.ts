import { authorise } from "@/lib/usecases/authorise";
import { authoriseNow } from "@/lib/usecases/authorise-now";
import type { RevokeInvitationInput } from "@/lib/contract/staff";
import { writeToLedger } from "@/lib/data/ledger/write";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { sameRequest } from "@/lib/usecases/same-request";

/** Makes a link that nobody used yet useless. Throws `not-found`, `link-used` or `nothing-changed`. */
export async function revokeInvitation(actor: Actor, input: RevokeInvitationInput): Promise<void> {
  authorise(actor, "team.manage");
  await writeToLedger<void>(
    { staff: actor.id },
    input.requestId,
    async ({ tx, now, append }) => {
      await authoriseNow(tx, actor, "team.manage");
      const row = await tx.invitation.findUnique({ where: { id: input.invitation }, select: { usedAt: true, revokedAt: true } });
      if (!row) throw new Refusal("not-found", "This invitation does not exist.");
      if (row.usedAt) throw new Refusal("link-used", "They have already joined by this link. You can disable their account instead.");
      if (row.revokedAt) throw new Refusal("nothing-changed", "This invitation was already taken back.");
      await tx.invitation.update({ where: { id: input.invitation }, data: { revokedAt: now }, select: { id: true } });
      append({ kind: "invitation-revoked", v: 1, invitation: input.invitation });
    },
    async (_tx, entries) => void sameRequest(entries, "invitation-revoked", (entry) => entry.invitation === input.invitation),
  );
}
