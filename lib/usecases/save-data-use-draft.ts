import type { SaveUse } from "@/lib/contract/use";
import { database } from "@/lib/data/client";
import { knownWords } from "@/lib/data/taxonomy";
import { requireUse } from "@/lib/data/uses";
import { saveDraft } from "@/lib/data/use-versions";
import type { Actor } from "@/lib/domain/actor";
import { normaliseTerms } from "@/lib/domain/compare-terms";
import { Refusal, type Fault } from "@/lib/domain/refusal";
import type { Terms } from "@/lib/domain/terms";
import { authorise } from "@/lib/usecases/authorise";
import type { DraftSeen } from "@/lib/usecases/create-data-use";
import { refuseChangedDraft } from "@/lib/usecases/refuse-changed-draft";

/**
 * Saves the draft of a data use in normal form, and takes back a request for approval: what was approved would be
 * something else. Of several savers who saw the same revision one wins; the others get `conflict-draft-changed` with
 * the newer revision. Throws `invalid` with faults at `categories` or `purpose` for words that do not exist.
 */
export async function saveDataUseDraft(actor: Actor, input: SaveUse): Promise<DraftSeen> {
  authorise(actor, "use.write");
  const db = database();
  const use = await requireUse(db, input.key);
  const terms = normaliseTerms(input.terms);
  const faults = await unknownWords(terms);
  if (faults.length > 0) throw new Refusal("invalid", "Some of this needs another look.", { faults });

  const seen = { useId: use.id, draft: input.draft, revision: input.revision };
  const saved = await saveDraft(db, seen, { terms, changeNote: input.changeNote, author: actor.id });
  if (!saved) return refuseChangedDraft(db, seen);
  return { key: use.key, draft: input.draft, ...saved };
}

async function unknownWords(terms: Terms): Promise<Fault[]> {
  const db = database();
  const [categories, purposes] = await Promise.all([
    knownWords(db, "category", terms.categories),
    knownWords(db, "purpose", terms.purpose === "" ? [] : [terms.purpose]),
  ]);
  return [
    ...(terms.categories.every((key) => categories.has(key)) ? [] : [{ path: "categories", message: "Choose kinds of data from the list." }]),
    ...(terms.purpose === "" || purposes.has(terms.purpose) ? [] : [{ path: "purpose", message: "Choose a purpose from the list." }]),
  ];
}
