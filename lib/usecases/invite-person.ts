import type { InvitePersonInput } from "@/lib/contract/person";
import { writeToLedger } from "@/lib/data/ledger/write";
import { readOrganisation } from "@/lib/data/organisation";
import { queueMail } from "@/lib/data/outbox";
import { insertPersonLink } from "@/lib/data/person-links";
import { findPerson } from "@/lib/data/persons";
import { settings } from "@/lib/data/settings/settings";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { authorise } from "@/lib/usecases/authorise";
import { authoriseNow } from "@/lib/usecases/authorise-now";
import { invitationLetter } from "@/lib/usecases/request-person-link-letters";
import { sameRequest } from "@/lib/usecases/same-request";

/**
 * Sends a person their link by mail. Sending the same request again sends nothing more.
 * Throws `not-found`, `invalid` where no address is known, `unavailable` where there is no mail server.
 */
export async function invitePerson(actor: Actor, input: InvitePersonInput): Promise<void> {
  authorise(actor, "people.invite");
  if (settings().mail.smtpUrl === null) throw new Refusal("unavailable", "No mail server is set up here. Create a link and pass it on yourself.");
  await writeToLedger<void>(
    { staff: actor.id },
    input.requestId,
    async ({ tx, now, append }) => {
      await authoriseNow(tx, actor, "people.invite");
      const person = await findPerson(tx, input.person);
      if (!person || person.forgotten) throw new Refusal("not-found", "There is no such person.");
      if (person.email === null) throw new Refusal("invalid", "No e-mail address is known for this person. Create a link instead.");
      append({ kind: "person-invited", v: 1, person: person.id, channel: "invitation" });
      const { link } = await insertPersonLink(tx, person.id, "invitation", now);
      const { name } = await readOrganisation(tx);
      await queueMail(tx, invitationLetter({ to: person.email, name: person.name, organisation: name, link }), person.id);
    },
    async (_tx, entries) => void sameRequest(entries, "person-invited", (entry) => entry.person === input.person && entry.channel === "invitation"),
  );
}
