import type { PermissionView } from "@/lib/contract/permission";
import type { SignalledUse, SignalView } from "@/lib/contract/signal";
import { database } from "@/lib/data/client";
import { readAsked, readUseStandings, type UseStanding } from "@/lib/data/questions";
import { readSignal } from "@/lib/data/signals";
import { storedTerms } from "@/lib/data/stored-terms";
import type { Actor } from "@/lib/domain/actor";
import { decide } from "@/lib/domain/decision";
import { leavesChoice } from "@/lib/domain/legal-basis";
import { gpcConcerns, type GpcConcern } from "@/lib/domain/signal";
import { authorisePerson } from "@/lib/usecases/authorise";
import { permissionOf } from "./ask-questions-content";
import { permissionView } from "./show-permissions-of";

/**
 * What came of the signal of this person's browser; null where it never came. A use is told of while its live version sells,
 * shares or targets, and as long as what they said to an earlier one that does still decides about it.
 */
export async function showMySignal(actor: Actor): Promise<SignalView | null> {
  authorisePerson(actor);
  const db = database();
  const lastSeenAt = await readSignal(db, actor.id);
  if (lastSeenAt === null) return null;
  const [asked, uses] = await Promise.all([readAsked(db, actor.id), readUseStandings(db, actor.id)]);
  if (asked === null) return null;
  const concerned = uses.flatMap((row): SignalledUse[] => {
    const live = concernOf(row.terms);
    const concern = live ?? (row.answeredTerms === null ? null : concernOf(row.answeredTerms));
    if (concern === null) return [];
    const view = permissionView(asked, row);
    const standing = standingOf(row, view, live !== null, asked.now);
    if (standing === null) return [];
    const { use, title, locale, askable, basis } = view;
    return [{ use, title, locale, concern, standing, answered: row.answered, askable: askable && leavesChoice(basis) }];
  });
  return { lastSeenAt, uses: concerned };
}

const concernOf = (terms: unknown): GpcConcern | null => gpcConcerns(storedTerms.parse(terms));

/** Null where the live version is not `concerned`, and what they said to an earlier one neither allows nor forbids anything. */
function standingOf(row: UseStanding, { allowed, basis }: PermissionView, concerned: boolean, now: Date): SignalledUse["standing"] | null {
  if (concerned && allowed) return leavesChoice(basis) ? "chosen" : "needed";
  if (holdsEarlier(row, now)) return "earlier";
  return concerned || (row.state === "objected" && !allowed) ? "off" : null;
}

/** Whether what they said yes to still goes on, though another version is in force. */
function holdsEarlier(row: UseStanding, now: Date): boolean {
  const [permission, basis] = [permissionOf(row), row.answeredBasis];
  if (permission === null || basis === null || permission.version >= row.version) return false;
  return decide({ requested: { version: permission.version, basis }, live: { version: row.version, basis: row.basis }, permission, carries: true, declinedCarries: false, signal: row.signal, now }).allowed;
}
