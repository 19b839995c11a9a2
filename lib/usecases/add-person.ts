import type { AddPersonInput } from "@/lib/contract/person";
import { database, type Tx } from "@/lib/data/client";
import { readOrganisation } from "@/lib/data/organisation";
import { findPerson, findPersonIdByEmail, findPersonIdByRef, insertPersons, type NewPerson } from "@/lib/data/persons";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { authorise } from "@/lib/usecases/authorise";

/**
 * Makes somebody known, so that they can be asked. Who is known already stays as they are: `added` is then false. Also
 * when the same person arrives twenty times at once, there is one.
 * Throws `name-taken` where the ref and the address belong to two different people.
 */
export async function addPerson(actor: Actor, input: AddPersonInput): Promise<{ id: string; added: boolean }> {
  if (actor.kind !== "house") authorise(actor, "people.invite");
  const db = database();
  const locale = input.locale ?? (await readOrganisation(db)).defaultLocale;
  const person: NewPerson = { ref: input.ref ?? null, email: input.email ?? null, name: input.name ?? null, locale };
  const [id] = await insertPersons(db, [person]);
  return id === undefined ? { id: await knownAs(db, person), added: false } : { id, added: true };
}

async function knownAs(db: Tx, { ref, email }: NewPerson): Promise<string> {
  const byRef = ref === null ? null : await findPersonIdByRef(db, ref);
  const byEmail = email === null ? null : await findPersonIdByEmail(db, email);
  const known = byRef ?? byEmail;
  if (known === null) throw new Error("a person was neither added nor known");
  const found = await findPerson(db, known);
  // Found by one of the two while the other says somebody else, or nobody yet: no guess who is meant.
  const ofAnother = (given: string | null, kept: string | null | undefined) => given !== null && given !== kept;
  if (ofAnother(ref, found?.ref)) throw taken("email", "This e-mail address belongs to somebody with another customer number. Look that person up instead.");
  if (ofAnother(email, found?.email)) throw taken("ref", "This customer number belongs to somebody with another e-mail address. Look that person up instead.");
  return known;
}

const taken = (path: string, message: string): Refusal => new Refusal("name-taken", message, { faults: [{ path, message }] });
