import { database } from "@/lib/data/client";
import { findPersonSession } from "@/lib/data/person-links";
import type { PersonActor } from "@/lib/domain/actor";

/** The person whose session this cookie stands for, as the database knows it now; null once it has ended. */
export async function recognisePerson(cookie: string): Promise<PersonActor | null> {
  const found = await findPersonSession(database(), cookie);
  return found && { kind: "person", id: found.personId, channel: found.channel };
}
