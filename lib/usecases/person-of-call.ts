import { lookUpPerson } from "@/lib/data/meeting";
import type { ProgramActor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { meetPerson } from "@/lib/usecases/meet-person";

/**
 * The id of the person whom a call is about. A server names them by its ref, and vouches for one that is new; a browser
 * speaks for nobody but the person of its token, whom it need not name. For within use cases that have authorised.
 * Throws `invalid` where a server names nobody, `forbidden` where a browser names somebody else, `suppressed` for
 * somebody who was forgotten and asked to be left alone.
 */
export async function personOfCall(actor: ProgramActor, ref: string | undefined): Promise<string> {
  if (actor.person === null) {
    if (ref === undefined) throw new Refusal("invalid", "Say whom this is about.", { faults: [{ path: "person", message: "The person's ref is missing." }] });
    return meetPerson(ref);
  }
  if (ref !== undefined && (await lookUpPerson(ref)) !== actor.person) {
    throw new Refusal("forbidden", "The person is not the one whom the token names. Leave `person` out, or send the token of this person.");
  }
  return actor.person;
}
