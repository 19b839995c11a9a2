import { readOrganisation } from "@/lib/data/organisation";
import type { Actor } from "@/lib/domain/actor";
import { authorise } from "@/lib/usecases/authorise";

/** What the form for a new person begins with; only for who may add one. */
export async function showAddPerson(actor: Actor): Promise<{ defaultLocale: string }> {
  authorise(actor, "people.invite");
  const { defaultLocale } = await readOrganisation();
  return { defaultLocale };
}
