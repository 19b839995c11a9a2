import type { LedgerQuery, LedgerView, OutsideView } from "@/lib/contract/ledger";
import { database } from "@/lib/data/client";
import { readLedgerPage, readNames, readSubjects } from "@/lib/data/ledger-reading";
import { readSpreadCheckpoints } from "@/lib/data/ledger/checkpoints";
import { readOutside, type Outside } from "@/lib/data/ledger/outside";
import type { Actor } from "@/lib/domain/actor";
import { may } from "@/lib/domain/roles";
import { authorise } from "@/lib/usecases/authorise";
import { ledgerLine } from "@/lib/usecases/list-ledger-lines";
import { readLedgerKey } from "@/lib/usecases/read-ledger-key";

export const entriesAPage = 50;
/** A list of choices longer than this is no help; entries of anything else are found through its own page. */
const mostSubjects = 200;
const checkpointsToChoose = 12;
/** What is new leaves the house within a minute; after two, somebody should look why it did not. */
const patience = 2 * 60_000;

/**
 * A page of the ledger in plain words, newest first, with the newest signed checkpoint and what was seen of it outside.
 * All staff may read it.
 */
export async function listLedger(actor: Actor, query: LedgerQuery): Promise<LedgerView> {
  authorise(actor, "ledger.read");
  const db = database();
  const [known, outside, olderCheckpoints, page, subjects] = await Promise.all([
    readLedgerKey(),
    readOutside(db),
    readSpreadCheckpoints(db, checkpointsToChoose),
    readLedgerPage(query, entriesAPage),
    readSubjects(mostSubjects),
  ]);
  const names = await readNames(page.entries);
  return {
    ...known,
    outside: outsideView(outside, new Date()),
    olderCheckpoints,
    can: { export: may(actor, "export.create") },
    query,
    subjects: subjects.map(({ kind, key, name }) => ({ kind, value: `${kind}:${key}`, label: name })),
    lines: page.entries.map((entry) => ledgerLine(entry, names)),
    newer: page.newer,
    older: page.older,
  };
}

function outsideView(outside: Outside | null, now: Date): OutsideView {
  if (outside === null) return { state: "unreadable", size: 0, seenAt: null, late: false };
  const { state, size, seenAt, waitingSince } = outside;
  return { state, size, seenAt, late: waitingSince !== null && now.getTime() - waitingSince.getTime() > patience };
}
