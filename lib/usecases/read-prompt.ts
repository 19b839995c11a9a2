import { inReadingOrder, type PromptVersionLine, type PromptView } from "@/lib/contract/prompt";
import { database } from "@/lib/data/client";
import { readOrganisation } from "@/lib/data/organisation";
import { promptDraftOf, publishedPrompts, type PublishedPrompt } from "@/lib/data/prompts";
import { staffNames } from "@/lib/data/staff";
import { requireUse, stateOf } from "@/lib/data/uses";
import type { Actor } from "@/lib/domain/actor";
import { may } from "@/lib/domain/roles";
import { authorise } from "@/lib/usecases/authorise";
import { promptTerms } from "@/lib/usecases/prompt-terms";

/** The prompt of one data use: how it reads now, its draft and its versions. */
export async function readPrompt(actor: Actor, key: string): Promise<PromptView> {
  authorise(actor, "studio.read");
  const db = database();
  const use = await requireUse(db, key);
  const [versions, draft, terms, rules] = await Promise.all([publishedPrompts(db, use.id), promptDraftOf(db, use.id), promptTerms(db, use.id), readOrganisation(db)]);
  const staffName = await staffNames(db, [...versions.flatMap((one) => [one.publishedById, ...one.authorIds]), ...(draft?.authorIds ?? [])]);
  const live = versions[0];
  return {
    key: use.key,
    name: use.name,
    live: live ? { number: live.number, texts: inReadingOrder(live.texts, rules.defaultLocale) } : null,
    draft: draft && { number: draft.number, state: stateOf(draft), updatedAt: draft.updatedAt, authors: draft.authorIds.map(staffName) },
    versions: versions.map((one) => promptLine(one, staffName)),
    terms,
    defaultLocale: rules.defaultLocale,
    can: { write: may(actor, "prompt.write"), publish: may(actor, "prompt.publish") },
  };
}

/** What a list of versions says about one of them. */
export function promptLine(version: PublishedPrompt, staffName: (id: string) => string): PromptVersionLine {
  return {
    number: version.number,
    publishedAt: version.publishedAt,
    publishedBy: staffName(version.publishedById),
    authors: version.authorIds.map(staffName),
    changeNote: version.changeNote,
    twoPairsOfEyes: version.twoPairsOfEyes,
    locales: version.texts.map((text) => text.locale),
  };
}
