import type { PersonLinkView } from "@/lib/contract/person";
import { writeToLedger } from "@/lib/data/ledger/write";
import { insertPersonLink, linkMinutes, linkOf, tokenOfRequest } from "@/lib/data/person-links";
import { findPerson } from "@/lib/data/persons";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { authorise } from "@/lib/usecases/authorise";
import { authoriseNow } from "@/lib/usecases/authorise-now";
import { sameRequest } from "@/lib/usecases/same-request";

/**
 * A one-time link that staff pass on themselves, shown to them once. Who holds it can answer as that person, so that it
 * was made is in the ledger, and answers given through it say so. The same request again shows the same link.
 * Throws `not-found`.
 */
export async function mintPersonLinkByStaff(actor: Actor, input: { person: string; requestId: string }): Promise<PersonLinkView> {
  authorise(actor, "people.answer-link");
  const token = tokenOfRequest(input.requestId);
  return writeToLedger<PersonLinkView>(
    { staff: actor.id },
    input.requestId,
    async ({ tx, now, append }) => {
      await authoriseNow(tx, actor, "people.answer-link");
      const person = await findPerson(tx, input.person);
      if (!person || person.forgotten) throw new Refusal("not-found", "There is no such person.");
      append({ kind: "person-invited", v: 1, person: person.id, channel: "staff" });
      return insertPersonLink(tx, person.id, "staff", now, token);
    },
    async (_tx, entries) => {
      const entry = sameRequest(entries, "person-invited", (one) => one.person === input.person && one.channel === "staff");
      return { link: linkOf(token), expiresAt: new Date(Date.parse(entry.at) + linkMinutes.staff * 60_000) };
    },
  );
}
