import type { UseComparisonView } from "@/lib/contract/use";
import { database } from "@/lib/data/client";
import { namesOfWords } from "@/lib/data/taxonomy";
import { requireUse } from "@/lib/data/uses";
import { coverageOf, draftOf, publishedVersions } from "@/lib/data/use-versions";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { authorise } from "@/lib/usecases/authorise";
import { compareInWords } from "@/lib/usecases/describe-data-use";

/**
 * Any two versions of a data use side by side, the draft among them. Without numbers the newest and the one before it;
 * nothing to compare while there is only one. Throws `not-found` for a number that is no version.
 */
export async function compareDataUseVersions(
  actor: Actor,
  key: string,
  chosen: { readonly from?: number | undefined; readonly to?: number | undefined },
): Promise<UseComparisonView> {
  authorise(actor, "studio.read");
  const db = database();
  const use = await requireUse(db, key);
  const [published, draft] = await Promise.all([publishedVersions(db, use.id), draftOf(db, use.id)]);
  const all = [...(draft ? [draft] : []), ...published];
  const numbered = (number: number | undefined, otherwise: (typeof all)[number] | undefined) => {
    if (number === undefined) return otherwise;
    const found = all.find((one) => one.number === number);
    if (!found) throw new Refusal("not-found", "There is no such version of this data use.");
    return found;
  };
  const to = numbered(chosen.to, all[0]);
  const from = numbered(chosen.from, all.find((one) => to !== undefined && one.number < to.number) ?? all[1]);
  const view = {
    key: use.key,
    name: use.name,
    versions: all.map((one) => ({ number: one.number, draft: one === draft, live: one === published[0] })),
  };
  if (!from || !to) return { ...view, compared: null, carries: null };
  const [nameOf, carries] = await Promise.all([namesOfWords(db, [from.terms, to.terms]), coverageOf(db, use.id, from.number, to.number)]);
  return { ...view, compared: compareInWords(from, to, nameOf), carries };
}
