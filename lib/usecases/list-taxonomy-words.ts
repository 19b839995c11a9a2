import type { WordKind, WordsView } from "@/lib/contract/taxonomy";
import { database } from "@/lib/data/client";
import { naming, ownWords, wordsOfKind } from "@/lib/data/taxonomy";
import type { Actor } from "@/lib/domain/actor";
import { may } from "@/lib/domain/roles";
import { authorise } from "@/lib/usecases/authorise";

/** All words of a kind to choose a place among, and the organisation's own. */
export async function listTaxonomyWords(actor: Actor, kind: WordKind): Promise<WordsView> {
  authorise(actor, "studio.read");
  const db = database();
  const [words, own] = await Promise.all([wordsOfKind(db, kind), ownWords(db, kind)]);
  const nameOf = naming(words);
  return {
    kind,
    words,
    own: own.map((word) => ({ ...word, parentName: nameOf(word.parentKey ?? "") })),
    can: { write: may(actor, "use.write") },
  };
}
