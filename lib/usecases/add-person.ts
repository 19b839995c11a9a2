import type { AddPersonInput } from "@/lib/contract/person";
import { database, type Tx } from "@/lib/data/client";
import { isSuppressed } from "@/lib/data/forgetting";
import { findPerson, findPersonIdByEmail, findPersonIdByRef, insertPersons, type NewPerson } from "@/lib/data/persons";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { authorise } from "@/lib/usecases/authorise";

/**
 * Makes somebody known, so that they can be asked. Who is known already stays as they are: `added` is then false. Also
 * when the same person arrives twenty times at once, there is one.
 * Throws `suppressed` for the address or ref of somebody forgotten who is to be left alone; `name-taken` where the ref and the address belong to two different people.
 */
export async function addPerson(actor: Actor, input: AddPersonInput): Promise<{ id: string; added: boolean }> {
  if (actor.kind !== "house") authorise(actor, "people.invite");
  const db = database();
  const person: NewPerson = { ref: input.ref ?? null, email: input.email ?? null, name: input.name ?? null, locale: input.locale ?? null };
  const [id] = await insertPersons([person]);
  if (id !== undefined) return { id, added: true };
  // Who asked to be forgotten and left alone is not taken in again behind their back.
  if (person.email !== null && (await isSuppressed(db, "email", person.email))) throw suppressed("email", "This address belongs to somebody who was forgotten and asked to be left alone.");
  if (person.ref !== null && (await isSuppressed(db, "ref", person.ref))) throw suppressed("ref", "This customer number belongs to somebody who was forgotten and asked to be left alone.");
  const known = await knownAs(db, person);
  // Known a moment ago, and forgotten since: they are new again, or to be left alone.
  return known === null ? addPerson(actor, input) : { id: known, added: false };
}

async function knownAs(db: Tx, { ref, email }: NewPerson): Promise<string | null> {
  const byRef = ref === null ? null : await findPersonIdByRef(db, ref);
  const byEmail = email === null ? null : await findPersonIdByEmail(db, email);
  const known = byRef ?? byEmail;
  if (known === null) return null;
  const found = await findPerson(db, known);
  // Found by one of the two while the other says somebody else, or nobody yet: no guess who is meant.
  const ofAnother = (given: string | null, kept: string | null | undefined) => given !== null && given !== kept;
  if (ofAnother(ref, found?.ref)) throw taken("email", "This e-mail address belongs to somebody with another customer number. Look that person up instead.");
  if (ofAnother(email, found?.email)) throw taken("ref", "This customer number belongs to somebody with another e-mail address. Look that person up instead.");
  return known;
}

const suppressed = (path: string, message: string): Refusal => new Refusal("suppressed", message, { faults: [{ path, message }] });
const taken = (path: string, message: string): Refusal => new Refusal("name-taken", message, { faults: [{ path, message }] });
