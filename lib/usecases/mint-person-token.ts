import type { PersonTokenView } from "@/lib/contract/person-token";
import { database } from "@/lib/data/client";
import { databaseNow } from "@/lib/data/clock";
import { signPersonToken } from "@/lib/data/person-token";
import type { Actor } from "@/lib/domain/actor";
import { authoriseProgram } from "@/lib/usecases/authorise";
import { meetPerson } from "@/lib/usecases/meet-person";

/**
 * A token by which a page in this person's browser may ask and answer for them, and for nobody else, for some minutes.
 * A ref that is new becomes a person. Throws `suppressed` for somebody who was forgotten and asked to be left alone.
 */
export async function mintPersonToken(actor: Actor, ref: string, minutes: number): Promise<PersonTokenView> {
  authoriseProgram(actor, "ask");
  const person = await meetPerson(ref);
  const exp = Math.floor((await databaseNow(database())).getTime() / 1000) + minutes * 60;
  return { token: signPersonToken({ person, key: actor.keyId, exp }), expiresAt: new Date(exp * 1000) };
}
