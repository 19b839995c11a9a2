import { authorise } from "@/lib/usecases/authorise";
import { authoriseNow } from "@/lib/usecases/authorise-now";
import type { InvitedView, InviteInput } from "@/lib/contract/staff";
import { createInvitation, invitationDays, invitationToken, joinLink, revokeOpenFor } from "@/lib/data/invitations";
import { writeToLedger } from "@/lib/data/ledger/write";
import { readOrganisation } from "@/lib/data/organisation";
import { queueMail } from "@/lib/data/outbox";
import { settings } from "@/lib/data/settings/settings";
import { emailTaken } from "@/lib/data/staff";
import type { Tx } from "@/lib/data/client";
import type { Actor } from "@/lib/domain/actor";
import type { Entry } from "@/lib/domain/entry";
import { Refusal } from "@/lib/domain/refusal";
import { otherRequest, sameRequest } from "@/lib/usecases/same-request";

/**
 * Makes a one-time link by which somebody becomes staff, mails it where a mail server is set, and shows it once to
 * whoever invites. A new invitation to the same address takes the place of the earlier one.
 * @throws Refusal `name-taken` when the address already has an account
 */
export async function inviteStaff(actor: Actor, input: InviteInput): Promise<InvitedView> {
  authorise(actor, "team.manage");
  const token = invitationToken(input.requestId);
  const mailed = settings().mail.smtpUrl !== null;
  return writeToLedger<InvitedView>(
    { staff: actor.id },
    input.requestId,
    async ({ tx, now, append }) => {
      await authoriseNow(tx, actor, "team.manage");
      if (await emailTaken(tx, input.email)) {
        const message = "Somebody with this e-mail address is already on the team.";
        throw new Refusal("name-taken", message, { faults: [{ path: "email", message }] });
      }
      for (const invitation of await revokeOpenFor(tx, input.email, now)) append({ kind: "invitation-revoked", v: 1, invitation });
      const made = await createInvitation(tx, { token, email: input.email, role: input.role, invitedById: actor.id, now });
      append({ kind: "staff-invited", v: 1, invitation: made.id, role: input.role });
      if (mailed) {
        const { name } = await readOrganisation(tx);
        await queueMail(tx, { to: input.email, subject: `Join ${name} on Handshake`, text: letter(actor.name, name, joinLink(token)) }, null);
      }
      return { email: input.email, role: input.role, link: joinLink(token), expiresAt: made.expiresAt, mailed };
    },
    (tx, entries) => sameAgain(tx, entries, input, mailed),
  );
}

/** Sent twice: says what the first one made. */
async function sameAgain(tx: Tx, entries: readonly Entry[], input: InviteInput, mailed: boolean): Promise<InvitedView> {
  const made = sameRequest(entries, "staff-invited", (entry) => entry.role === input.role);
  const row = await tx.invitation.findUniqueOrThrow({ where: { id: made.invitation }, select: { email: true, expiresAt: true } });
  if (row.email !== input.email) throw otherRequest();
  return { email: input.email, role: input.role, link: joinLink(invitationToken(input.requestId)), expiresAt: row.expiresAt, mailed };
}

const letter = (inviter: string, organisation: string, link: string) =>
  [
    "Hello,",
    `${inviter} invites you to keep the privacy policies and permissions of ${organisation} together with them.`,
    `Open this link within ${invitationDays} days and choose a password:`,
    link,
    "The link works once. If you did not expect it, you need not do anything.",
  ].join("\n\n");
