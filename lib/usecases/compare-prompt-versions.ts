import { inReadingOrder, promptParts, type ComparedPart, type PromptComparisonView, type PromptText } from "@/lib/contract/prompt";
import { database } from "@/lib/data/client";
import { readOrganisation } from "@/lib/data/organisation";
import { promptDraftOf, publishedPrompts } from "@/lib/data/prompts";
import { requireUse } from "@/lib/data/uses";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { authorise } from "@/lib/usecases/authorise";

/**
 * The wording of any two versions side by side, the draft among them. Without numbers the newest and the one before it;
 * nothing to compare while there is only one. Throws `not-found` for a number that is no version.
 */
export async function comparePromptVersions(
  actor: Actor,
  key: string,
  chosen: { readonly from?: number | undefined; readonly to?: number | undefined },
): Promise<PromptComparisonView> {
  authorise(actor, "studio.read");
  const db = database();
  const use = await requireUse(db, key);
  const [published, draft, { defaultLocale }] = await Promise.all([publishedPrompts(db, use.id), promptDraftOf(db, use.id), readOrganisation(db)]);
  const all = [...(draft ? [draft] : []), ...published];
  const numbered = (number: number | undefined, otherwise: (typeof all)[number] | undefined) => {
    if (number === undefined) return otherwise;
    const found = all.find((one) => one.number === number);
    if (!found) throw new Refusal("not-found", "There is no such version of this prompt.");
    return found;
  };
  const to = numbered(chosen.to, all[0]);
  const from = numbered(chosen.from, all.find((one) => to !== undefined && one.number < to.number) ?? all[1]);
  return {
    key: use.key,
    name: use.name,
    versions: all.map((one) => ({ number: one.number, draft: one === draft, live: one === published[0] })),
    compared: from && to ? { from: from.number, to: to.number, locales: inReadingOrder(sideBySide(from.texts, to.texts), defaultLocale) } : null,
  };
}

/** Every language that either has; a language that one lacks reads as empty there. */
function sideBySide(from: readonly PromptText[], to: readonly PromptText[]): { locale: string; parts: ComparedPart[] }[] {
  const locales = [...new Set([...from, ...to].map((text) => text.locale))];
  return locales.map((locale) => {
    const [before, after] = [from, to].map((texts) => texts.find((text) => text.locale === locale));
    return {
      locale,
      parts: promptParts.map((part) => {
        const [a, b] = [before?.[part] ?? "", after?.[part] ?? ""];
        return { part, from: a, to: b, same: a === b };
      }),
    };
  });
}
