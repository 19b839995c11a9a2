import type { PersonFrameView } from "@/lib/contract/person";
import { database } from "@/lib/data/client";
import { readOrganisation } from "@/lib/data/organisation";
import { findPerson } from "@/lib/data/persons";
import type { Actor } from "@/lib/domain/actor";
import { authorisePerson } from "@/lib/usecases/authorise";
import { countDue } from "./list-people-due";

/** Whose pages these are, for whom, and how many questions wait. */
export async function showMyFrame(actor: Actor): Promise<PersonFrameView> {
  authorisePerson(actor);
  const db = database();
  const [organisation, person, due] = await Promise.all([readOrganisation(db), findPerson(db, actor.id), countDue(db, [actor.id])]);
  return { organisation: organisation.name, contactEmail: organisation.contactEmail, name: person?.name ?? null, due: due.get(actor.id) ?? 0 };
}
