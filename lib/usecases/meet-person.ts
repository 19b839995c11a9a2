import { database } from "@/lib/data/client";
import { isSuppressed } from "@/lib/data/forgetting";
import { readOrganisation } from "@/lib/data/organisation";
import { findPersonIdByRef, insertPersons } from "@/lib/data/persons";
import { Refusal } from "@/lib/domain/refusal";

/**
 * The id of whom the host calls by this ref. A ref that is new becomes a person, since the host vouches for it. For within
 * other use cases, which have authorised. Throws `suppressed` for somebody who was forgotten and asked to be left alone.
 */
export async function meetPerson(ref: string): Promise<string> {
  const db = database();
  const known = await findPersonIdByRef(db, ref);
  if (known !== null) return known;
  // Who asked to be forgotten and left alone is not taken in again behind their back.
  if (await isSuppressed(db, "ref", ref)) throw new Refusal("suppressed", "This customer was forgotten and asked to be left alone.");
  await insertPersons(db, [{ ref, email: null, name: null, locale: (await readOrganisation(db)).defaultLocale }]);
  const id = await findPersonIdByRef(db, ref);
  if (id === null) throw new Error("a person was neither added nor known");
  return id;
}
