import type { Actor, PersonActor, ProgramActor, Scope, StaffActor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { may, type StaffAct } from "@/lib/domain/roles";

/** First line of every staff use case. Throws `signed-out` or `forbidden`. */
export function authorise(actor: Actor, act: StaffAct): asserts actor is StaffActor {
  if (actor.kind !== "staff") throw new Refusal("signed-out", "Sign in to go on.");
  if (!may(actor, act)) throw new Refusal("forbidden", `Your role (${actor.role}) does not include this. Ask an admin if it should.`);
}

/** First line of every use case on a person's own page. */
export function authorisePerson(actor: Actor): asserts actor is PersonActor {
  if (actor.kind !== "person") throw new Refusal("signed-out", "Open your personal link to go on.");
}

/**
 * First line of every use case behind the gateway. What a page in a browser may do too says so by `from`; everything else
 * is for the host's servers alone.
 */
export function authoriseProgram(actor: Actor, scope: Scope, from: "servers" | "browsers-too" = "servers"): asserts actor is ProgramActor {
  if (actor.kind !== "program") throw new Refusal("signed-out", "This API key is unknown or was revoked. Ask an admin for a new one.");
  if (actor.person !== null && from === "servers") throw new Refusal("forbidden", "A browser key only asks and answers. Make this call from your server, with a key of its own.");
  if (!actor.scopes.includes(scope)) throw new Refusal("forbidden", `This API key lacks the scope \`${scope}\`.`);
}
