import { authorise } from "@/lib/usecases/authorise";
import type { TeamMember, TeamView } from "@/lib/contract/staff";
import { listInvitations } from "@/lib/data/invitations";
import { findStaff, listStaff } from "@/lib/data/staff";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";

const page = 50;
/** Open invitations are few; the newest are enough to see what was forgotten. */
const mostInvitations = 100;

/** The team, in the order they joined, and the invitations that are still open. */
export async function listTeam(actor: Actor, query: { readonly after?: string | undefined } = {}): Promise<TeamView> {
  authorise(actor, "team.manage");
  const [rows, invitations] = await Promise.all([listStaff(query.after, page), query.after ? [] : listInvitations(mostInvitations)]);
  const members = rows.slice(0, page);
  return { members, next: rows.length > page ? (members.at(-1)?.id ?? null) : null, invitations };
}

/** One colleague. Throws `not-found`. */
export async function showTeamMember(actor: Actor, id: string): Promise<TeamMember> {
  authorise(actor, "team.manage");
  const member = await findStaff(id);
  if (!member) throw new Refusal("not-found", "This person is not on the team.");
  return member;
}
