import type { SignalledUse, SignalView } from "@/lib/contract/signal";
import { database } from "@/lib/data/client";
import { readAsked, readUseStandings } from "@/lib/data/questions";
import { readSignal } from "@/lib/data/signals";
import { storedTerms } from "@/lib/data/stored-terms";
import type { Actor } from "@/lib/domain/actor";
import { leavesChoice } from "@/lib/domain/decision";
import { gpcConcerns } from "@/lib/domain/signal";
import { authorisePerson } from "@/lib/usecases/authorise";
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
    return [{ use, title, locale, concern, standing: !allowed ? "off" : choice ? "chosen" : "needed", askable: askable && choice }];
  });
  return { lastSeenAt, uses: concerned };
}
