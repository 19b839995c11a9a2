import type { PeoplePage } from "@/lib/contract/person";
import { database } from "@/lib/data/client";
import { countPersons, pageOfPersons } from "@/lib/data/persons";
import type { Actor, StaffActor } from "@/lib/domain/actor";
import { may } from "@/lib/domain/roles";
import { authorise } from "@/lib/usecases/authorise";
import { countDue } from "./list-people-due";

const pageSize = 25;

/** Everybody known, newest first, a page at a time; `older` and `newer` are ids that a page before gave. */
export async function listPeople(actor: Actor, from: { older?: string; newer?: string }): Promise<PeoplePage> {
  authorise(actor, "people.read");
  const page = await pageFrom(actor, from);
  // An address that somebody kept, or made up: better the first page than none.
  return page.people.length === 0 && (from.older ?? from.newer) !== undefined ? pageFrom(actor, {}) : page;
}

async function pageFrom(actor: StaffActor, from: { older?: string; newer?: string }): Promise<PeoplePage> {
  const db = database();
  const [{ people, more }, total] = await Promise.all([pageOfPersons(db, from, pageSize), countPersons(db)]);
  const due = await countDue(db, people.map(({ id }) => id));
  const [first, last] = [people[0]?.id ?? null, people.at(-1)?.id ?? null];
  return {
    people: people.map(({ id, ref, email, name, createdAt, forgotten }) => ({ id, ref, email, name, createdAt, forgotten, due: forgotten ? 0 : (due.get(id) ?? 0) })),
    total,
    newer: from.newer !== undefined ? (more ? first : null) : from.older !== undefined ? first : null,
    older: from.newer !== undefined ? last : more ? last : null,
    mayAdd: may(actor, "people.invite"),
  };
}
