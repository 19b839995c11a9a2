import type { Publishable, PublishedRow } from "@/lib/data/policy-publishing";
import { Refusal } from "@/lib/domain/refusal";
import { draftChanged, draftGone } from "@/lib/usecases/policy-refusals";
import { requirePublishable } from "@/lib/usecases/require-publishable";

/** The last published version of a policy that was not called off. */
export type Tip = { readonly id: string; readonly number: number; readonly inForceFrom: Date; readonly askedSince: number };

/** What whoever publishes had before their eyes. */
export type Seen = { readonly draft: string; readonly revision: number; readonly replaces: number | null; readonly inForceFrom: Date | null };

export type Settled = {
  readonly version: Publishable;
  /** Imported versions that become public with it, oldest first. */
  readonly history: readonly Publishable[];
  readonly authors: readonly string[];
  readonly twoPairsOfEyes: boolean;
  readonly inForceFrom: Date;
};

const whyNot = {
  superseded: "Other versions of this policy came in while you had this open. Reload the page and look at the difference again.",
  own: "You wrote or imported part of this yourself. Somebody else has to publish it.",
};

/**
 * Judges what is to be published against what is there now.
 * @throws Refusal `already-published`, `conflict-draft-changed`, `version-superseded`, `same-author`, or `invalid` with
 * the moment at fault
 */
export function settlePublication(
  version: Publishable | null,
  waiting: readonly Publishable[],
  tip: Tip | null,
  seen: Seen,
  by: { readonly id: string; readonly rules: { readonly twoPairsOfEyes: boolean } },
  now: Date,
): Settled {
  if (version?.id !== seen.draft) throw draftGone();
  if (version.publishedAt) throw new Refusal("already-published", `Version ${version.number} was published already.`);
  if (version.revision !== seen.revision) throw draftChanged(version.revision);
  const history = waiting.filter((one) => one.number < version.number);
  const last = history.at(-1);
  const imported = version.origin === "imported";
  if (imported && waiting.at(-1)?.id !== version.id) throw new Refusal("version-superseded", whyNot.superseded);
  const authors = [...new Set([...history, version].flatMap((one) => one.authorIds))];
  const publishing = { proposed: imported || version.proposedAt !== null, authors, replaces: (last ?? tip)?.number ?? null };
  const twoPairsOfEyes = requirePublishable(publishing, { id: by.id, replaces: seen.replaces }, by.rules, whyNot);
  const inForceFrom = imported ? momentOf(version) : beginning(now, seen.inForceFrom, last ? { number: last.number, inForceFrom: momentOf(last) } : tip);
  return { version, history, authors, twoPairsOfEyes, inForceFrom };
}

/** When an imported version came into force; every one has its moment from the import on. */
export function momentOf(version: Publishable): Date {
  if (!version.inForceFrom) throw new Error(`version ${version.number} has no moment`);
  return version.inForceFrom;
}

function beginning(now: Date, later: Date | null, before: { readonly number: number; readonly inForceFrom: Date } | null): Date {
  if (later && later <= now) throw atFault("This moment has passed. Choose a later one, or publish now.");
  const wanted = later ?? now;
  if (!before || before.inForceFrom < wanted) return wanted;
  if (!later && before.inForceFrom.getTime() === now.getTime()) return new Date(now.getTime() + 1);
  throw atFault(`Version ${before.number} comes into force on ${inWords(before.inForceFrom)}. Choose a later moment, or call that version off first.`);
}

function atFault(message: string): Refusal {
  return new Refusal("invalid", message, { faults: [{ path: "inForceFrom", message }] });
}

/** `21 November 2026 at 09:00 UTC` */
function inWords(moment: Date): string {
  const words = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" }).format(moment);
  return `${words} UTC`;
}

/**
 * The rows of one publication, each behind the one before it. Of imported versions only the newest asks people, so that
 * nobody is asked about what was over long ago; the first version of a policy always does.
 */
export function linkVersions(history: readonly Publishable[], version: Publishable, tip: Tip | null, inForceFrom: Date): PublishedRow[] {
  const newestImported = [...history, version].findLast((one) => one.origin === "imported");
  const rows: PublishedRow[] = [];
  let before: { id: string; askedSince: number } | null = tip;
  for (const one of [...history, version]) {
    const editorial: boolean = before !== null && (one.origin === "imported" ? one !== newestImported : one.editorial);
    const askedSince: number = before !== null && editorial ? before.askedSince : one.number;
    rows.push({ id: one.id, digest: one.digest, replacesId: before?.id ?? null, inForceFrom: one === version ? inForceFrom : momentOf(one), editorial, askedSince });
    before = { id: one.id, askedSince };
  }
  return rows;
}

/** @throws Refusal `nothing-changed` when a written version says exactly what the one before it says */
export function refuseUnchanged(version: Publishable, before: Publishable | null): void {
  if (!before || version.origin === "imported") return;
  const content = (one: Publishable) => JSON.stringify([Object.entries(one.texts).sort(), one.citations.map(({ clause, use }) => `${clause} ${use}`).sort()]);
  if (content(version) === content(before)) {
    throw new Refusal("nothing-changed", `This says exactly what version ${before.number} says. Change the text or what it cites, or discard the draft.`);
  }
}
