import { database } from "@/lib/data/client";
import { findPersonIdByEmail, findPersonIdByRef } from "@/lib/data/persons";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { authorise } from "@/lib/usecases/authorise";

/** The one person with exactly this customer number or e-mail address, found by its keyed hash. Throws `not-found`. */
export async function findPersonBy(actor: Actor, who: string): Promise<string> {
  authorise(actor, "people.read");
  const db = database();
  const id = (await findPersonIdByRef(db, who)) ?? (await findPersonIdByEmail(db, who.toLowerCase()));
  if (id === null) throw new Refusal("not-found", "Nobody is known by exactly that. Check the spelling; parts of it find nothing.");
  return id;
}
