import { database } from "@/lib/data/client";
import { databaseNow } from "@/lib/data/clock";
import { readOrganisation } from "@/lib/data/organisation";
import { queueMail } from "@/lib/data/outbox";
import { insertPersonLink } from "@/lib/data/person-links";
import { findPerson, findPersonIdByEmail } from "@/lib/data/persons";
import { limit } from "@/lib/data/rate-limits";
import { settings } from "@/lib/data/settings/settings";
import { Refusal } from "@/lib/domain/refusal";
import { linkLetter } from "@/lib/usecases/request-person-link-letters";

const quarterHour = 15 * 60;
const perAddress = 20;
const perAccount = 3;

/**
 * Anyone may ask; a known address gets a one-time link by mail. Whether it is known, nobody but its owner learns.
 * @param email in lower case
 * @param address where the request comes from, e.g. 203.0.113.7
 * @throws Refusal `too-many-attempts`; `unavailable` where there is no mail server
 */
export async function requestPersonLink(email: string, address: string): Promise<void> {
  await limit("person-link-address", address, perAddress, quarterHour);
  await limit("person-link-account", email, perAccount, quarterHour);
  if (settings().mail.smtpUrl === null) throw new Refusal("unavailable", "Links cannot be sent by e-mail here at the moment. Please ask us for one.");
  await database().$transaction(async (tx) => {
    const id = await findPersonIdByEmail(tx, email);
    const person = id && (await findPerson(tx, id));
    if (!person || person.forgotten) return;
    const { link } = await insertPersonLink(tx, person.id, "mail", await databaseNow(tx));
    const { name } = await readOrganisation(tx);
    await queueMail(tx, linkLetter({ to: email, name: person.name, organisation: name, link }), person.id);
  });
}
