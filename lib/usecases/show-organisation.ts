import type { OrganisationView } from "@/lib/contract/settings";
import { readOrganisation } from "@/lib/data/organisation";

/** Anyone may know whose pages these are. */
export async function showOrganisation(): Promise<OrganisationView> {
  const { name, contactEmail, defaultLocale } = await readOrganisation();
  return { name, contactEmail, defaultLocale };
}
