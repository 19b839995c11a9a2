import type { PersonView } from "@/lib/contract/permission";
import { personId } from "@/lib/contract/person";
import { database } from "@/lib/data/client";
import { countItems } from "@/lib/data/memory";
import { findPerson } from "@/lib/data/persons";
import { readAsked, readPolicyStandings, readUseStandings } from "@/lib/data/questions";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { may } from "@/lib/domain/roles";
import { authorise } from "@/lib/usecases/authorise";
import { countDue } from "./list-people-due";
import { historyOf } from "./show-my-history-of";
import { permissionView, policyStandingView } from "./show-permissions-of";

const historySize = 10;

/** One person as staff may see them; `below` goes on in their history. Throws `not-found`. */
export async function showPerson(actor: Actor, id: string, below: number | null): Promise<PersonView> {
  authorise(actor, "people.read");
  if (!personId.safeParse(id).success) throw new Refusal("not-found", "There is no such person.");
  const db = database();
  const [person, asked] = await Promise.all([findPerson(db, id), readAsked(db, id)]);
  if (person === null || asked === null) throw new Refusal("not-found", "There is no such person.");
  const [uses, policies, due, history, remembered] = await Promise.all([
    readUseStandings(db, id),
    readPolicyStandings(db, id),
    countDue(db, [id]),
    historyOf(db, id, below, historySize),
    countItems(db, id),
  ]);
  return {
    ...person,
    due: person.forgotten ? 0 : (due.get(id) ?? 0),
    permissions: uses.map((use) => permissionView(asked, use)),
    policies: policies.map((policy) => policyStandingView(asked, policy)),
    history,
    remembered: [...remembered.values()].reduce((sum, count) => sum + count, 0),
    may: { invite: may(actor, "people.invite"), link: may(actor, "people.answer-link") },
  };
}
