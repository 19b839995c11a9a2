import type { LedgerQuery, LedgerView } from "@/lib/contract/ledger";
import { toHex } from "@/lib/data/digest";
import { readCheckpoint, readLedgerPage, readNames, readSubjects } from "@/lib/data/ledger-reading";
import { ledgerVerifierKey } from "@/lib/data/ledger/checkpoint";
import type { Actor } from "@/lib/domain/actor";
import { authorise } from "@/lib/usecases/authorise";
import { ledgerLine } from "@/lib/usecases/list-ledger-lines";

export const entriesAPage = 50;
/** A list of choices longer than this is no help; entries of anything else are found through its own page. */
const mostSubjects = 200;

/** A page of the ledger in plain words, newest first, with the newest signed checkpoint. All staff may read it. */
export async function listLedger(actor: Actor, query: LedgerQuery): Promise<LedgerView> {
  authorise(actor, "ledger.read");
  const [checkpoint, page, subjects] = await Promise.all([readCheckpoint(), readLedgerPage(query, entriesAPage), readSubjects(mostSubjects)]);
  const names = await readNames(page.entries);
  return {
    checkpoint: checkpoint && { size: Number(checkpoint.size), root: toHex(checkpoint.root), note: checkpoint.note, signedAt: checkpoint.signedAt },
    verifierKey: ledgerVerifierKey(),
    query,
    subjects: subjects.map(({ kind, key, name }) => ({ kind, value: `${kind}:${key}`, label: name })),
    lines: page.entries.map((entry) => ledgerLine(entry, names)),
    newer: page.newer,
    older: page.older,
  };
}
