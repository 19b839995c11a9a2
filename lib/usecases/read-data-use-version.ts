import type { UseVersionView } from "@/lib/contract/use";
import { database } from "@/lib/data/client";
import { toHex } from "@/lib/data/digest";
import { staffNames } from "@/lib/data/staff";
import { namesOfWords } from "@/lib/data/taxonomy";
import { countAnswers, requireUse } from "@/lib/data/uses";
import { publishedVersions } from "@/lib/data/use-versions";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { describeTerms } from "@/lib/domain/terms-in-words";
import { authorise } from "@/lib/usecases/authorise";
import { lineOf } from "@/lib/usecases/read-data-use";

/** One published version of a data use, as it was agreed to. Throws `not-found` for a number that is none. */
export async function readDataUseVersion(actor: Actor, key: string, number: string): Promise<UseVersionView> {
  authorise(actor, "studio.read");
  const db = database();
  const use = await requireUse(db, key);
  const [versions, counts] = await Promise.all([publishedVersions(db, use.id), countAnswers(db, use.id)]);
  const at = versions.findIndex((one) => String(one.number) === number);
  const version = versions[at];
  if (!version) throw new Refusal("not-found", "There is no such version of this data use.");
  const [nameOf, staffName] = await Promise.all([
    namesOfWords(db, [version.terms]),
    staffNames(db, [version.publishedById, ...version.authorIds]),
  ]);
  return {
    key: use.key,
    name: use.name,
    version: lineOf(version, versions[at + 1], counts, staffName),
    live: at === 0,
    terms: describeTerms(version.terms, nameOf),
    previous: versions[at + 1]?.number ?? null,
    next: versions[at - 1]?.number ?? null,
    digest: toHex(version.digest),
    entryIndex: Number(version.entryIndex),
  };
}
