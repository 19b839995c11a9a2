import type { PublishPrompt } from "@/lib/contract/prompt";
import { database } from "@/lib/data/client";
import { digestOf, toHex } from "@/lib/data/digest";
import { writeToLedger, type Door } from "@/lib/data/ledger/write";
import { readOrganisation } from "@/lib/data/organisation";
import { livePrompt, markPromptPublished, promptDraftOf, promptVersionNow } from "@/lib/data/prompts";
import { requireUse, type UseId } from "@/lib/data/uses";
import type { Actor, StaffActor } from "@/lib/domain/actor";
import { isAsSeen } from "@/lib/domain/publication";
import { authorise } from "@/lib/usecases/authorise";
import { authoriseNow } from "@/lib/usecases/authorise-now";
import { checkPromptDraft } from "@/lib/usecases/check-prompt-draft";
import { refuseChangedPrompt } from "@/lib/usecases/refuse-changed-draft";
import { requirePublishable } from "@/lib/usecases/require-publishable";
import { otherRequest, sameRequest } from "@/lib/usecases/same-request";

export type PublishedWording = { readonly key: string; readonly version: number };

/**
 * Makes a wording the one that people are asked with, under the ledger's door. Nobody is asked again for it: answers
 * rest on terms, and a prompt has none of its own.
 *
 * Throws `same-author` (unless the organisation switched two pairs of eyes off), `version-superseded` when another
 * version than `replaces` is in force, `conflict-draft-changed` (also while approval is not asked for), `already-published`, and what `checkPromptDraft` finds.
 */
export async function publishPrompt(actor: Actor, input: PublishPrompt): Promise<PublishedWording> {
  authorise(actor, "prompt.publish");
  const use = await requireUse(database(), input.key);
  return writeToLedger(
    { staff: actor.id },
    input.requestId,
    (door) => publish(door, actor, use, input),
    async (tx, entries) => {
      const entry = sameRequest(entries, "prompt-published", (one) => one.use === use.key);
      if ((await promptVersionNow(tx, { useId: use.id, draft: input.draft }))?.number !== entry.version) throw otherRequest();
      return { key: use.key, version: entry.version };
    },
  );
}

async function publish({ tx, now, append }: Door, actor: StaffActor, use: UseId, input: PublishPrompt): Promise<PublishedWording> {
  await authoriseNow(tx, actor, "prompt.publish");
  const [rules, draft, live] = [await readOrganisation(tx), await promptDraftOf(tx, use.id), await livePrompt(tx, use.id)];
  if (!isAsSeen(draft, input)) return refuseChangedPrompt(tx, { useId: use.id, draft: input.draft });
  const replaces = live?.number ?? null;
  const twoPairsOfEyes = requirePublishable({ proposed: draft.proposedAt !== null, authors: draft.authorIds, replaces }, { id: actor.id, replaces: input.replaces }, rules);
  const refusal = checkPromptDraft(draft.texts, live?.texts ?? null, rules.defaultLocale);
  if (refusal) throw refusal;

  const version = draft.number;
  const digest = digestOf({ use: use.key, version, texts: draft.texts });
  const { index } = append({ kind: "prompt-published", v: 1, use: use.key, version, replaces, digest: toHex(digest), authors: draft.authorIds, twoPairsOfEyes });
  const done = await markPromptPublished(tx, input, {
    publishedAt: now,
    publishedById: actor.id,
    twoPairsOfEyes,
    replacesId: live?.id ?? null,
    digest,
    entryIndex: index,
  });
  if (!done) return refuseChangedPrompt(tx, { useId: use.id, draft: input.draft });
  return { key: use.key, version };
}
