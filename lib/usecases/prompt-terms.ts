import type { PromptTerms } from "@/lib/contract/prompt";
import type { Tx } from "@/lib/data/client";
import { namesOfWords } from "@/lib/data/taxonomy";
import { draftOf, liveVersion } from "@/lib/data/use-versions";
import { describeTerms } from "@/lib/domain/terms-in-words";

/** The terms that a prompt shows: those in force, or while there are none those of the draft. Null without either. */
export async function promptTerms(db: Tx, useId: string): Promise<PromptTerms | null> {
  const live = await liveVersion(db, useId);
  const shown = live ?? (await draftOf(db, useId));
  if (!shown) return null;
  const nameOf = await namesOfWords(db, [shown.terms]);
  return { version: shown.number, draft: live === null, terms: describeTerms(shown.terms, nameOf), specifics: shown.terms.categories.map(nameOf) };
}
