import { hintsFor } from "@/lib/contract/terms";
import type { UseDraftView } from "@/lib/contract/use";
import { database } from "@/lib/data/client";
import { readOrganisation } from "@/lib/data/organisation";
import { staffNames } from "@/lib/data/staff";
import { naming, wordsOfKind } from "@/lib/data/taxonomy";
import { countAnswers, promptOf, requireUse, stateOf } from "@/lib/data/uses";
import { draftOf, publishedVersions } from "@/lib/data/use-versions";
import type { Actor } from "@/lib/domain/actor";
import { needsAnother } from "@/lib/domain/publication";
import { Refusal } from "@/lib/domain/refusal";
import { may } from "@/lib/domain/roles";
import { describeDraft } from "@/lib/domain/terms-in-words";
import { authorise } from "@/lib/usecases/authorise";
import { checkDataUseDraft } from "@/lib/usecases/check-data-use-draft";
import { compareInWords } from "@/lib/usecases/describe-data-use";
import { foreseeDataUse } from "@/lib/usecases/foresee-data-use";

/** The draft as it is saved: to write on, in plain words, and what publishing it would do. Throws `not-found` without one. */
export async function readDataUseDraft(actor: Actor, key: string): Promise<UseDraftView> {
  authorise(actor, "studio.read");
  const db = database();
  const use = await requireUse(db, key);
  const [draft, published, rules, prompt, counts, categories, purposes] = await Promise.all([
    draftOf(db, use.id),
    publishedVersions(db, use.id),
    readOrganisation(db),
    promptOf(db, use.id),
    countAnswers(db, use.id),
    wordsOfKind(db, "category"),
    wordsOfKind(db, "purpose"),
  ]);
  if (!draft) throw new Refusal("not-found", "There is no draft of this data use.");
  const live = published[0] ?? null;
  const nameOf = naming([...categories, ...purposes]);
  const staffName = await staffNames(db, draft.authorIds);
  const refusal = checkDataUseDraft(draft.terms, live?.terms ?? null);
  return {
    key: use.key,
    name: use.name,
    draft: draft.id,
    number: draft.number,
    revision: draft.revision,
    state: stateOf(draft),
    proposedAt: draft.proposedAt,
    updatedAt: draft.updatedAt,
    authors: draft.authorIds.map(staffName),
    terms: draft.terms,
    changeNote: draft.changeNote,
    described: describeDraft(draft.terms, nameOf),
    live: live && { number: live.number },
    compared: live && compareInWords(live, draft, nameOf),
    effect: foreseeDataUse({ draft, published, reask: rules.reask, counts, promptLive: prompt.live !== null }),
    hints: hintsFor(draft.terms),
    open: refusal === null ? [] : refusal.code === "invalid" ? (refusal.faults ?? []).map((fault) => fault.message) : [refusal.message],
    own: needsAnother(draft.authorIds, actor.id, rules),
    words: { categories, purposes },
    can: { write: may(actor, "use.write"), publish: may(actor, "use.publish") },
  };
}
