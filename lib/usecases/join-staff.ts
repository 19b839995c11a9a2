import type { JoinInput } from "@/lib/contract/staff";
import type { Tx } from "@/lib/data/client";
import { findInvitation } from "@/lib/data/invitations";
import { writeToLedger } from "@/lib/data/ledger/write";
import { hashPassword } from "@/lib/data/passwords";
import { anyStaff, emailTaken } from "@/lib/data/staff";
import { Refusal } from "@/lib/domain/refusal";
import { requireOpen } from "@/lib/usecases/show-invitation";
import { otherRequest } from "@/lib/usecases/same-request";

const fault = (path: string, message: string, code: "invalid" | "name-taken" = "invalid") => new Refusal(code, message, { faults: [{ path, message }] });

/**
 * Whoever holds an open link joins by it, once: the account takes the invitation's id, so that the primary key itself
 * refuses a second one. Gives back the address to sign in with.
 * @throws Refusal `not-found`, `link-used`, `link-expired`, `name-taken`, or `invalid` for the password or address
 */
export async function joinStaff(input: JoinInput): Promise<{ readonly email: string }> {
  const found = await findInvitation(input.token);
  if (!found) requireOpen(found);
  const email = found.email ?? input.email;
  if (email === undefined) throw fault("email", "Write the e-mail address that you will sign in with.");
  if (tellsTheAddress(input.password, email)) throw fault("password", "This is your e-mail address. Choose something others cannot guess.");
  const passwordHash = await hashPassword(input.password);
  return writeToLedger<{ email: string }>(
    { staff: found.id },
    input.requestId,
    async ({ tx, now, append }) => {
      const invitation = await findInvitation(input.token, tx);
      requireOpen(invitation);
      await requireFree(tx, invitation.email, email);
      await tx.staff.create({ data: { id: invitation.id, email, name: input.name, role: invitation.role, passwordHash, createdAt: now }, select: { id: true } });
      await tx.invitation.update({ where: { id: invitation.id }, data: { usedAt: now }, select: { id: true } });
      append({ kind: "staff-joined", v: 1, staff: invitation.id, role: invitation.role, invitation: invitation.id });
      return { email };
    },
    async (tx) => {
      // The first admin says their own address: sent again with another one, it was not this that was made.
      const { email: joined } = await tx.staff.findUniqueOrThrow({ where: { id: found.id }, select: { email: true } });
      if (joined !== email) throw otherRequest();
      return { email };
    },
  );
}

async function requireFree(tx: Tx, invited: string | null, email: string): Promise<void> {
  if (invited === null && (await anyStaff(tx))) throw new Refusal("link-used", "The first admin has already joined. Ask them to invite you.");
  if (await emailTaken(tx, email)) throw fault(invited === null ? "email" : "", "Somebody with this e-mail address is already on the team. Sign in instead.", "name-taken");
}

/** The address itself, or the part before the @ with little more, however it is written. */
function tellsTheAddress(password: string, email: string): boolean {
  const [typed, local] = [password.trim().toLowerCase(), email.split("@")[0] ?? email];
  return typed === email || (local.length >= 8 && typed.startsWith(local) && typed.length - local.length < 5);
}
