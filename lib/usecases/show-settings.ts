import { authorise } from "@/lib/usecases/authorise";
import type { SettingsView } from "@/lib/contract/settings";
import { readOrganisation } from "@/lib/data/organisation";
import type { Actor } from "@/lib/domain/actor";

/** What the organisation decided, for whoever may change it. */
export async function showSettings(actor: Actor): Promise<SettingsView> {
  authorise(actor, "settings.manage");
  const { updatedAt, ...row } = await readOrganisation();
  return { ...row, revision: updatedAt.toISOString() };
}
