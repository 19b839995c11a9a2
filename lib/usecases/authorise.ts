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

/** First line of every use case behind the gateway. */
export function authoriseProgram(actor: Actor, scope: Scope): asserts actor is ProgramActor {
  if (actor.kind !== "program") throw new Refusal("signed-out", "This API key is unknown or was revoked. Ask an admin for a new one.");
  if (!actor.scopes.includes(scope)) throw new Refusal("forbidden", `This API key lacks the scope \`${scope}\`.`);
}
