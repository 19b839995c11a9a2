import type { PublishUse } from "@/lib/contract/use";
import { digestOf, toHex } from "@/lib/data/digest";
import { writeToLedger, type Door } from "@/lib/data/ledger/write";
import { database } from "@/lib/data/client";
import { readOrganisation } from "@/lib/data/organisation";
import { requireUse, type UseId } from "@/lib/data/uses";
import { draftOf, insertCoverage, publishedVersions, publishVersion, dataUseVersionNow, type Coverage, type PublishedUse } from "@/lib/data/use-versions";
import type { Actor, StaffActor } from "@/lib/domain/actor";
import { normaliseTerms } from "@/lib/domain/compare-terms";
import { carries, type Reask } from "@/lib/domain/decision";
import { isAsSeen } from "@/lib/domain/publication";
import type { Terms } from "@/lib/domain/terms";
import { authorise } from "@/lib/usecases/authorise";
import { authoriseNow } from "@/lib/usecases/authorise-now";
import { checkDataUseDraft } from "@/lib/usecases/check-data-use-draft";
import { refuseChangedDraft } from "@/lib/usecases/refuse-changed-draft";
import { requirePublishable } from "@/lib/usecases/require-publishable";
import { otherRequest, sameRequest } from "@/lib/usecases/same-request";

export type PublishedVersion = { readonly key: string; readonly version: number; readonly carriedFrom: readonly number[] };

/**
 * Makes a draft the version in force, under the ledger's door. From this moment everybody whose answer does not reach
 * it is due: that is written as two rows per earlier version, never as one per person, so it costs the same for ten
 * people and ten million.
 *
 * Throws `same-author` (unless the organisation switched two pairs of eyes off), `version-superseded` when another
 * version than `replaces` is in force, `conflict-draft-changed` (also while approval is not asked for), `already-published`, and what `checkDataUseDraft` finds.
 */
export async function publishDataUse(actor: Actor, input: PublishUse): Promise<PublishedVersion> {
  authorise(actor, "use.publish");
  const use = await requireUse(database(), input.key);
  return writeToLedger(
    { staff: actor.id },
    input.requestId,
    (door) => publish(door, actor, use, input),
    async (tx, entries) => {
      const entry = sameRequest(entries, "use-published", (one) => one.use === use.key);
      if ((await dataUseVersionNow(tx, { useId: use.id, draft: input.draft }))?.number !== entry.version) throw otherRequest();
      return { key: use.key, version: entry.version, carriedFrom: entry.carriedFrom };
    },
  );
}

async function publish({ tx, now, append }: Door, actor: StaffActor, use: UseId, input: PublishUse): Promise<PublishedVersion> {
  await authoriseNow(tx, actor, "use.publish");
  const [rules, draft, earlier] = [await readOrganisation(tx), await draftOf(tx, use.id), await publishedVersions(tx, use.id)];
  const live = earlier[0] ?? null;
  if (!isAsSeen(draft, input)) return refuseChangedDraft(tx, { useId: use.id, draft: input.draft });
  const replaces = live?.number ?? null;
  const twoPairsOfEyes = requirePublishable({ proposed: draft.proposedAt !== null, authors: draft.authorIds, replaces }, { id: actor.id, replaces: input.replaces }, rules);
  const terms = normaliseTerms(draft.terms);
  const refusal = checkDataUseDraft(terms, live?.terms ?? null);
  if (refusal) throw refusal;

  const version = draft.number;
  const coverage = earlier.flatMap((one) => coverageBetween(one, { number: version, terms }, rules.reask));
  const carriedFrom = coverage.filter((row) => row.requested === version && row.carries).map((row) => row.answered).sort((a, b) => a - b);
  const digest = digestOf({ use: use.key, version, terms });
  const { index } = append({
    kind: "use-published",
    v: 1,
    use: use.key,
    version,
    replaces,
    digest: toHex(digest),
    legalBasis: terms.legalBasis,
    reask: rules.reask,
    carriedFrom,
    authors: draft.authorIds,
    twoPairsOfEyes,
  });
  const done = await publishVersion(tx, input, {
    terms,
    at: now,
    by: actor.id,
    twoPairsOfEyes,
    reask: rules.reask,
    replacesId: live?.id ?? null,
    digest,
    entryIndex: index,
  });
  if (!done) return refuseChangedDraft(tx, { useId: use.id, draft: input.draft });
  await insertCoverage(tx, use.id, coverage);
  return { key: use.key, version, carriedFrom };
}

/** Whether answers to an earlier version reach the new one, and answers to the new one the earlier. */
function coverageBetween(earlier: Pick<PublishedUse, "number" | "terms">, made: { number: number; terms: Terms }, reask: Reask): Coverage[] {
  return [
    { answered: earlier, requested: made },
    { answered: made, requested: earlier },
  ].map(({ answered, requested }) => ({
    answered: answered.number,
    requested: requested.number,
    carries: carries(answered.terms, requested.terms, reask, { answeredVersion: answered.number, requestedVersion: requested.number }),
  }));
}
