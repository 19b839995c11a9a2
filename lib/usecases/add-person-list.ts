import type { AddPersonInput } from "@/lib/contract/person";
import { database } from "@/lib/data/client";
import { readOrganisation } from "@/lib/data/organisation";
import { insertPersons } from "@/lib/data/persons";
import type { Actor } from "@/lib/domain/actor";
import { authorise } from "@/lib/usecases/authorise";

/** Makes many people known at once, in a few statements; who is known already is left as they are. Returns how many are new. */
export async function addPersonList(actor: Actor, people: readonly AddPersonInput[]): Promise<number> {
  if (actor.kind !== "house") authorise(actor, "people.invite");
  const db = database();
  const { defaultLocale } = await readOrganisation(db);
  const added = await insertPersons(
    db,
    people.map(({ ref, email, name, locale }) => ({ ref: ref ?? null, email: email ?? null, name: name ?? null, locale: locale ?? defaultLocale })),
  );
  return added.length;
}
