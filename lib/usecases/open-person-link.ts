import { database } from "@/lib/data/client";
import { insertPersonSession, readPersonLink, usePersonLink } from "@/lib/data/person-links";
import { Refusal } from "@/lib/domain/refusal";

/**
 * Uses a one-time link up and begins the person's session; gives back the cookie's value. Of ten at once, one gets it.
 * Throws `link-used`, `link-expired`, or `not-found` for what was never a link.
 */
export async function openPersonLink(token: string): Promise<{ cookie: string; expiresAt: Date }> {
  return database().$transaction(async (tx) => {
    const opened = await usePersonLink(tx, token);
    if (opened) return insertPersonSession(tx, opened.personId, opened.channel, opened.now);
    const { state } = await readPersonLink(tx, token);
    if (state === "expired") throw new Refusal("link-expired", "This link has run out. Ask for a new one.");
    if (state === "unknown") throw new Refusal("not-found", "This is not a link of ours. Check that it is complete.");
    throw new Refusal("link-used", "This link was used already. Ask for a new one.");
  });
}
