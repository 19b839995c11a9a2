import type { ForgetPersonInput } from "@/lib/contract/person";
import { database, type Tx } from "@/lib/data/client";
import { erasePerson, stillRemembered, suppress } from "@/lib/data/forgetting";
import { writeToLedger } from "@/lib/data/ledger/write";
import { addErasures, readErasures } from "@/lib/data/ledger/witness-folder";
import { findPersonIdByRef } from "@/lib/data/persons";
import { settings } from "@/lib/data/settings/settings";
import type { Actor } from "@/lib/domain/actor";
import type { By } from "@/lib/domain/entry";
import { Refusal } from "@/lib/domain/refusal";
import { authorise, authoriseProgram } from "@/lib/usecases/authorise";
import { authoriseNow } from "@/lib/usecases/authorise-now";
import { sameRequest } from "@/lib/usecases/same-request";

/**
 * Forgets a person (GDPR Art. 17): what identifies them is gone when this returns, and nobody answers for them any more.
 * Their entries stay in the ledger under a random id that leads nowhere. With `leaveAlone`, their address and ref are
 * not taken in or written to again. Throws `not-found`, `nothing-changed` for who is forgotten already.
 */
export async function forgetPerson(actor: Actor, input: ForgetPersonInput): Promise<void> {
  authorise(actor, "people.forget");
  await forget({ staff: actor.id }, input.requestId, input.leaveAlone, async (tx) => {
    await authoriseNow(tx, actor, "people.forget");
    return input.person;
  }, input.person);
}

/**
 * The same asked for by a host application, which knows the person by its own ref. Throws `not-found` for a ref that
 * nobody has (any more); the same request again says nothing, since it was done.
 */
export async function forgetPersonOfHost(actor: Actor, asked: { readonly ref: string; readonly leaveAlone: boolean; readonly request: string }): Promise<void> {
  authoriseProgram(actor, "remember");
  // The entry names nobody by a ref, so the request does: the same name for somebody else is another request.
  await forget({ key: actor.keyId }, `${asked.request} ${asked.ref}`, asked.leaveAlone, (tx) => findPersonIdByRef(tx, asked.ref), null);
}

/** `whom` finds the person behind the ledger's lock; `known` is their id where whoever asked knows it. */
async function forget(by: By, request: string, leaveAlone: boolean, whom: (tx: Tx) => Promise<string | null>, known: string | null): Promise<void> {
  const { index, person } = await writeToLedger<{ index: number; person: string }>(
    by,
    request,
    async ({ tx, now, append }) => {
      const id = await whom(tx);
      const found = id === null ? null : await erasePerson(tx, id, now);
      if (!found) throw new Refusal("not-found", "There is no such person.");
      if (found.forgotten) throw new Refusal("nothing-changed", "This person was forgotten already.");
      if (leaveAlone) await suppress(tx, found);
      const { entry } = append({ kind: "person-forgotten", v: 1, person: found.id, suppressed: leaveAlone, again: false });
      return { index: entry.index, person: found.id };
    },
    async (_tx, entries) => sameRequest(entries, "person-forgotten", (entry) => (known === null || entry.person === known) && entry.suppressed === leaveAlone),
  );
  // A backup from before must not bring them back, so it is noted outside the database at once and not with the next beat.
  await addErasures(settings().witness.folder, [{ index, person, suppressed: leaveAlone }]);
}

/**
 * Forgets again whoever a restored backup brought back, by the list that lies outside the database.
 * @returns how many
 */
export async function forgetAgain(actor: Actor): Promise<number> {
  if (actor.kind !== "house") throw new Refusal("forbidden", "Only Handshake itself does this.");
  const listed = new Map((await readErasures(settings().witness.folder)).map((one) => [one.person, one]));
  const people = [...listed.keys()];
  let forgotten = 0;
  for (let at = 0; at < people.length; at += 1_000) {
    for (const id of await stillRemembered(database(), people.slice(at, at + 1_000))) {
      const suppressed = listed.get(id)?.suppressed ?? true;
      await writeToLedger<void>(
        { house: true },
        `forget again ${id}`,
        async ({ tx, now, append }) => {
          const person = await erasePerson(tx, id, now);
          if (!person || person.forgotten) return;
          if (suppressed) await suppress(tx, person);
          append({ kind: "person-forgotten", v: 1, person: id, suppressed, again: true });
        },
        async () => undefined,
      );
      forgotten++;
    }
  }
  return forgotten;
}
