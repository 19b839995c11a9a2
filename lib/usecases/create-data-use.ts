import type { CreateUse } from "@/lib/contract/use";
import { emptyTerms } from "@/lib/contract/terms";
import { database } from "@/lib/data/client";
import { insertUse } from "@/lib/data/uses";
import { draftOf, insertDraft } from "@/lib/data/use-versions";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { authorise } from "@/lib/usecases/authorise";

/** What names one state of a draft: hand it back to save, propose, discard or publish. */
export type DraftSeen = { readonly key: string; readonly draft: string; readonly number: number; readonly revision: number };

/** Makes a data use with an empty first draft. Throws `name-taken` when the short name is. */
export async function createDataUse(actor: Actor, input: CreateUse): Promise<DraftSeen> {
  authorise(actor, "use.write");
  return database().$transaction(async (tx) => {
    const useId = await insertUse(tx, input);
    if (useId === null) {
      throw new Refusal("name-taken", "There is a data use with this short name already.", {
        faults: [{ path: "key", message: "This short name is taken. Choose another." }],
      });
    }
    await insertDraft(tx, { useId, number: 1, terms: emptyTerms, author: actor.id });
    const draft = await draftOf(tx, useId);
    if (!draft) throw new Error("the first draft was not made");
    return { key: input.key, draft: draft.id, number: 1, revision: draft.revision };
  });
}
