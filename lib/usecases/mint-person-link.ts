import type { PersonLinkView } from "@/lib/contract/person";
import { database } from "@/lib/data/client";
import { databaseNow } from "@/lib/data/clock";
import { isSuppressed } from "@/lib/data/forgetting";
import { readOrganisation } from "@/lib/data/organisation";
import { insertPersonLink } from "@/lib/data/person-links";
import { findPerson, findPersonIdByRef, insertPersons } from "@/lib/data/persons";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { authoriseProgram } from "@/lib/usecases/authorise";

/**
 * A one-time link that the host hands to a person it has signed in itself. A ref that is new becomes a person: the host
 * vouches for it. Throws `suppressed` for somebody who was forgotten and asked to be left alone.
 */
export async function mintPersonLink(actor: Actor, ref: string): Promise<PersonLinkView> {
  if (actor.kind !== "house") authoriseProgram(actor, "ask");
  const db = database();
  const { defaultLocale } = await readOrganisation(db);
  const known = await findPersonIdByRef(db, ref);
  // Who asked to be forgotten and left alone is not taken in again behind their back.
  if (known === null && (await isSuppressed(db, "ref", ref))) throw new Refusal("suppressed", "This customer was forgotten and asked to be left alone.");
  if (known === null) await insertPersons(db, [{ ref, email: null, name: null, locale: defaultLocale }]);
  const id = known ?? (await findPersonIdByRef(db, ref));
  const person = id && (await findPerson(db, id));
  if (!person || person.forgotten) throw new Refusal("not-found", "There is no such person.");
  return insertPersonLink(db, person.id, "host", await databaseNow(db));
}
