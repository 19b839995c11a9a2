import type { CreateUse } from "@/lib/contract/use";
import { emptyTerms } from "@/lib/contract/terms";
import { database, type Tx } from "@/lib/data/client";
import { findUse, insertUse } from "@/lib/data/uses";
import { draftOf, insertDraft } from "@/lib/data/use-versions";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { authorise } from "@/lib/usecases/authorise";
import { otherRequest } from "@/lib/usecases/same-request";

/** What names one state of a draft: hand it back to save, propose, discard or publish. */
export type DraftSeen = { readonly key: string; readonly draft: string; readonly number: number; readonly revision: number };

/**
 * Makes a data use with an empty first draft. Sent twice, it is one data use. Throws `name-taken` when another has the
 * short name.
 */
export async function createDataUse(actor: Actor, input: CreateUse): Promise<DraftSeen> {
  authorise(actor, "use.write");
  return database().$transaction(async (tx) => {
    const made = await insertUse(tx, { id: input.requestId, key: input.key, name: input.name });
    if (made !== null) await insertDraft(tx, { useId: made, number: 1, terms: emptyTerms, author: actor.id });
    else await refuseOther(tx, input);
    const draft = await draftOf(tx, input.requestId);
    if (!draft) throw nameTaken();
    return { key: input.key, draft: draft.id, number: draft.number, revision: draft.revision };
  });
}

/** Lets through what was asked for in just this request before. */
async function refuseOther(tx: Tx, { requestId, key, name }: CreateUse): Promise<void> {
  const before = await findUse(tx, requestId);
  if (!before) throw nameTaken();
  if (before.key !== key || before.name !== name) throw otherRequest();
}

function nameTaken(): Refusal {
  return new Refusal("name-taken", "There is a data use with this short name already.", {
    faults: [{ path: "key", message: "This short name is taken. Choose another." }],
  });
}
