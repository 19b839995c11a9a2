import { database } from "@/lib/data/client";
import { revokePersonSession } from "@/lib/data/person-links";

/** Ends the session that this cookie stands for, at once and for good. Whoever holds the cookie may. */
export async function endPersonSession(cookie: string): Promise<void> {
  await revokePersonSession(database(), cookie);
}
