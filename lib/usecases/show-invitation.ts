import type { InvitationView } from "@/lib/contract/staff";
import { findInvitation, type FoundInvitation } from "@/lib/data/invitations";
import { readOrganisation } from "@/lib/data/organisation";
import { Refusal } from "@/lib/domain/refusal";

/** Says why a link cannot be used any more. Throws `not-found`, `link-used` or `link-expired`. */
export function requireOpen(invitation: FoundInvitation | null): asserts invitation is FoundInvitation {
  if (!invitation) throw new Refusal("not-found", "This link is not known. Check that it was copied whole.");
  if (invitation.state === "used") throw new Refusal("link-used", "This link was already used. Sign in with the password chosen then.");
  if (invitation.state === "revoked") throw new Refusal("link-expired", "This invitation was taken back or replaced by a newer one. Ask an admin for a new link.");
  if (invitation.state === "expired") throw new Refusal("link-expired", "This link was open for a week and has run out. Ask an admin for a new one.");
}

/** Whoever holds the link may see what it leads to. Throws as `requireOpen`. */
export async function showInvitation(token: string): Promise<InvitationView> {
  const [invitation, { name }] = await Promise.all([findInvitation(token), readOrganisation()]);
  requireOpen(invitation);
  return { email: invitation.email, role: invitation.role, organisation: name };
}
