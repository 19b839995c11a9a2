import { segmentFromName, type AddWord } from "@/lib/contract/taxonomy";
import { database } from "@/lib/data/client";
import { digestOf, toHex } from "@/lib/data/digest";
import { insertWord, knownWords } from "@/lib/data/taxonomy";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { authorise } from "@/lib/usecases/authorise";

/**
 * Adds a word of the organisation's own below an existing one, so that uses can be described as specifically as they
 * are. Its key is the parent's with one part more, made from the name; a name in another script gets a part of its
 * digest. Throws `invalid` for a parent that does not exist, `name-taken` when the key is.
 */
export async function addTaxonomyWord(actor: Actor, input: AddWord): Promise<{ key: string }> {
  authorise(actor, "use.write");
  const db = database();
  const parents = await knownWords(db, input.kind, [input.parent]);
  if (!parents.has(input.parent)) {
    throw new Refusal("invalid", "Some of this needs another look.", { faults: [{ path: "parent", message: "Choose where it belongs from the list." }] });
  }
  const key = `${input.parent}.${segmentFromName(input.name) || `w${toHex(digestOf(input.name)).slice(0, 10)}`}`;
  if (key.length > 200) {
    throw new Refusal("invalid", "Some of this needs another look.", { faults: [{ path: "parent", message: "This is too deep in the tree. Choose a broader place." }] });
  }
  const added = await insertWord(db, input.kind, { key, name: input.name, description: input.description, parentKey: input.parent });
  if (!added) {
    throw new Refusal("name-taken", "There is a word like this in the same place already.", { faults: [{ path: "name", message: "There is a word like this already. Use it, or choose another name." }] });
  }
  return { key };
}
