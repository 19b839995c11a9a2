import type { PersonLinkView } from "@/lib/contract/person";
import { database } from "@/lib/data/client";
import { databaseNow } from "@/lib/data/clock";
import { insertPersonLink } from "@/lib/data/person-links";
import type { Actor } from "@/lib/domain/actor";
import { authoriseProgram } from "@/lib/usecases/authorise";
import { meetPerson } from "@/lib/usecases/meet-person";

/**
 * A one-time link that the host hands to a person it has signed in itself. A ref that is new becomes a person.
 * Throws `suppressed` for somebody who was forgotten and asked to be left alone.
 */
export async function mintPersonLink(actor: Actor, ref: string): Promise<PersonLinkView> {
  if (actor.kind !== "house") authoriseProgram(actor, "ask");
  const db = database();
  return insertPersonLink(db, await meetPerson(ref), "host", await databaseNow(db));
}
