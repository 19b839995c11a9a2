import type { SignalledUse, SignalView } from "@/lib/contract/signal";
import { database } from "@/lib/data/client";
import { readAsked, readUseStandings, type UseStanding } from "@/lib/data/questions";
import { readSignal } from "@/lib/data/signals";
import { storedTerms } from "@/lib/data/stored-terms";
import type { Actor } from "@/lib/domain/actor";
import { decide, leavesChoice } from "@/lib/domain/decision";
import { gpcConcerns } from "@/lib/domain/signal";
import { authorisePerson } from "@/lib/usecases/authorise";
import { permissionOf } from "./ask-questions-content";
import { permissionView } from "./show-permissions-of";

/** What came of the signal of this person's browser; null where it never came. */
export async function showMySignal(actor: Actor): Promise<SignalView | null> {
  authorisePerson(actor);
  const db = database();
  const lastSeenAt = await readSignal(db, actor.id);
  if (lastSeenAt === null) return null;
  const [asked, uses] = await Promise.all([readAsked(db, actor.id), readUseStandings(db, actor.id)]);
  if (asked === null) return null;
  const concerned = uses.flatMap((row): SignalledUse[] => {
    const concern = gpcConcerns(storedTerms.parse(row.terms));
    if (concern === null) return [];
    const { use, title, locale, allowed, askable, basis } = permissionView(asked, row);
    const choice = leavesChoice(basis);
    const standing = allowed ? (choice ? "chosen" : "needed") : holdsEarlier(row, asked.now) ? "earlier" : "off";
    return [{ use, title, locale, concern, standing, answered: row.answered, askable: askable && choice }];
  });
  return { lastSeenAt, uses: concerned };
}

/** Whether what they said yes to still goes on, though what is in force reaches further. */
function holdsEarlier(row: UseStanding, now: Date): boolean {
  const permission = permissionOf(row);
  if (permission === null || permission.version >= row.version) return false;
  return decide({ requested: { version: permission.version, basis: row.basis }, live: { version: row.version, basis: row.basis }, permission, carries: true, declinedCarries: false, now }).allowed;
}
