import type { PolicyDraftHead, PolicyPage } from "@/lib/contract/policy-views";
import { database } from "@/lib/data/client";
import { databaseNow } from "@/lib/data/clock";
import { findPolicy, headOf, numberInForce, versionHeads } from "@/lib/data/policies";
import { findDraftWhole, findVersionRow, findWaitingHistory, newerPageBelow, pageVersionRows, scheduledRows, versionExtent } from "@/lib/data/policy-versions";
import type { Actor } from "@/lib/domain/actor";
import { authorise } from "@/lib/usecases/authorise";
import { noSuchPolicy } from "@/lib/usecases/policy-refusals";

const page = 20;

/** One policy as staff see it: what is in force, what is coming, the draft, and its versions a page at a time (`below` a number). */
export async function readPolicy(actor: Actor, input: { key: string; below?: number | undefined }): Promise<PolicyPage & { now: Date }> {
  authorise(actor, "studio.read");
  const tx = database();
  const policy = await findPolicy(tx, input.key);
  if (!policy) throw noSuchPolicy();
  const now = await databaseNow(tx);
  const inForce = await numberInForce(tx, policy.id, now);
  const [rows, extent, draft, live, scheduled, waitingHistory] = await Promise.all([
    pageVersionRows(tx, policy.id, input.below ?? null, page),
    versionExtent(tx, policy.id),
    findDraftWhole(tx, policy.id),
    inForce === null ? null : findVersionRow(tx, policy.id, inForce),
    scheduledRows(tx, policy.id, now),
    findWaitingHistory(tx, policy.id, actor.id),
  ]);
  const shown = rows.slice(0, page);
  const heads = await versionHeads(tx, [...shown, ...(live ? [live] : []), ...scheduled, ...(draft ? [draft] : [])], inForce, now);
  const at = (index: number, count: number) => heads.slice(index, index + count);
  const afterShown = shown.length + (live ? 1 : 0);
  const draftHead = draft ? heads.at(-1) : undefined;
  const first = shown.at(0);
  return {
    policy: headOf(policy),
    now,
    inForce: live ? (heads[shown.length] ?? null) : null,
    scheduled: at(afterShown, scheduled.length),
    draft: draft && draftHead ? draftHeadOf(draftHead, draft) : null,
    waitingHistory,
    ...extent,
    versions: at(0, shown.length),
    older: rows.length > page ? (shown.at(-1)?.number ?? null) : null,
    newer: input.below !== undefined && first ? await newerPageBelow(tx, policy.id, first.number, page) : null,
  };
}

/** A draft's head with what its forms send back. */
export function draftHeadOf(head: PolicyPage["versions"][number], row: { id: string; revision: number; updatedAt: Date; proposedAt: Date | null; replaces: number | null }): PolicyDraftHead {
  return { ...head, draft: row.id, revision: row.revision, updatedAt: row.updatedAt, proposedAt: row.proposedAt, replaces: row.replaces };
}
