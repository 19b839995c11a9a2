import type { ForgetPersonInput } from "@/lib/contract/person";
import { database } from "@/lib/data/client";
import { erasePerson, stillRemembered, suppress } from "@/lib/data/forgetting";
import { writeToLedger } from "@/lib/data/ledger/write";
import { addErasures, readErasures } from "@/lib/data/ledger/witness-folder";
import { settings } from "@/lib/data/settings/settings";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { authorise } from "@/lib/usecases/authorise";
import { authoriseNow } from "@/lib/usecases/authorise-now";
import { sameRequest } from "@/lib/usecases/same-request";

/**
 * Forgets a person (GDPR Art. 17): what identifies them is gone when this returns, and nobody answers for them any more.
 * Their entries stay in the ledger under a random id that leads nowhere. With `leaveAlone`, their address and ref are
 * not taken in or written to again. Throws `not-found`, `nothing-changed` for who is forgotten already.
 */
export async function forgetPerson(actor: Actor, input: ForgetPersonInput): Promise<void> {
  authorise(actor, "people.forget");
  const index = await writeToLedger<number>(
    { staff: actor.id },
    input.requestId,
    async ({ tx, now, append }) => {
      await authoriseNow(tx, actor, "people.forget");
      const person = await erasePerson(tx, input.person, now);
      if (!person) throw new Refusal("not-found", "There is no such person.");
      if (person.forgotten) throw new Refusal("nothing-changed", "This person was forgotten already.");
      if (input.leaveAlone) await suppress(tx, person);
      return append({ kind: "person-forgotten", v: 1, person: person.id, suppressed: input.leaveAlone, again: false }).entry.index;
    },
    async (_tx, entries) => sameRequest(entries, "person-forgotten", (entry) => entry.person === input.person && entry.suppressed === input.leaveAlone).index,
  );
  // A backup from before must not bring them back, so it is noted outside the database at once and not with the next beat.
  await addErasures(settings().witness.folder, [{ index, person: input.person, suppressed: input.leaveAlone }]);
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
