import { database } from "@/lib/data/client";
import { removeItem } from "@/lib/data/memory";
import { findPersonIdByRef } from "@/lib/data/persons";
import type { Actor } from "@/lib/domain/actor";
import { authoriseProgram } from "@/lib/usecases/authorise";

/** Forgets one thing that a host remembered for a person, whatever it stands on; doing it again changes nothing. */
export async function forgetItem(actor: Actor, ref: string, key: string): Promise<void> {
  authoriseProgram(actor, "remember");
  const person = await findPersonIdByRef(database(), ref);
  if (person !== null) await removeItem(database(), person, key);
}
