import { randomBytes, randomUUID } from "node:crypto";
import { createInvitation, joinLink, revokeOpenFor } from "@/lib/data/invitations";
import { writeToLedger } from "@/lib/data/ledger/write";
import { anyStaff } from "@/lib/data/staff";

/**
 * The house's own act at the first start: while nobody is staff, a one-time link by which the first admin joins; an
 * earlier one stops working. Null as soon as there is staff.
 */
export async function inviteFirstAdmin(): Promise<{ readonly url: string } | null> {
  return writeToLedger<{ url: string } | null>(
    { house: true },
    randomUUID(),
    async ({ tx, now, append }) => {
      if (await anyStaff(tx)) return null;
      for (const invitation of await revokeOpenFor(tx, null, now)) append({ kind: "invitation-revoked", v: 1, invitation });
      const token = randomBytes(32).toString("base64url");
      const made = await createInvitation(tx, { token, email: null, role: "admin", invitedById: null, now });
      append({ kind: "staff-invited", v: 1, invitation: made.id, role: "admin" });
      return { url: joinLink(token) };
    },
    async () => null,
  );
}
