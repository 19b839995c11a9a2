import { inReadingOrder, type PromptVersionView } from "@/lib/contract/prompt";
import { database } from "@/lib/data/client";
import { toHex } from "@/lib/data/digest";
import { readOrganisation } from "@/lib/data/organisation";
import { publishedPrompts } from "@/lib/data/prompts";
import { staffNames } from "@/lib/data/staff";
import { requireUse } from "@/lib/data/uses";
import type { Actor } from "@/lib/domain/actor";
import { Refusal } from "@/lib/domain/refusal";
import { authorise } from "@/lib/usecases/authorise";
import { promptTerms } from "@/lib/usecases/prompt-terms";
import { promptLine } from "@/lib/usecases/read-prompt";

/** One published wording. Throws `not-found` for a number that is none. */
export async function readPromptVersion(actor: Actor, key: string, number: string): Promise<PromptVersionView> {
  authorise(actor, "studio.read");
  const db = database();
  const use = await requireUse(db, key);
  const [versions, terms, { defaultLocale }] = await Promise.all([publishedPrompts(db, use.id), promptTerms(db, use.id), readOrganisation(db)]);
  const at = versions.findIndex((one) => String(one.number) === number);
  const version = versions[at];
  if (!version) throw new Refusal("not-found", "There is no such version of this prompt.");
  const staffName = await staffNames(db, [version.publishedById, ...version.authorIds]);
  return {
    key: use.key,
    name: use.name,
    version: promptLine(version, staffName),
    texts: inReadingOrder(version.texts, defaultLocale),
    live: at === 0,
    previous: versions[at + 1]?.number ?? null,
    next: versions[at - 1]?.number ?? null,
    terms,
    digest: toHex(version.digest),
    entryIndex: Number(version.entryIndex),
  };
}
