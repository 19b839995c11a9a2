import type { PermissionView } from "@/lib/contract/permission";
import { database } from "@/lib/data/client";
import { readAsked, readUseStandings } from "@/lib/data/questions";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { authorisePerson } from "@/lib/usecases/authorise";
import { permissionView } from "./show-permissions-of";

/** Every live data use and where this person stands with it, by name. */
export async function showPermissions(actor: Actor): Promise<PermissionView[]> {
  authorisePerson(actor);
  const db = database();
  const [asked, uses] = await Promise.all([readAsked(db, actor.id), readUseStandings(db, actor.id)]);
  if (asked === null || asked.forgotten) throw new Refusal("signed-out", "Open your personal link to go on.");
  return uses.map((use) => permissionView(asked, use));
}
