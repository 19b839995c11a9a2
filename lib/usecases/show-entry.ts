import { whoInWords } from "@/lib/contract/entry-in-words";
import type { EntryView } from "@/lib/contract/ledger";
import { sha256, toHex } from "@/lib/data/digest";
import { readEntry, readNames, readRow } from "@/lib/data/ledger-reading";
import { parseEntry } from "@/lib/data/ledger/write";
import type { Actor } from "@/lib/domain/actor";
import { leafHash } from "@/lib/domain/merkle";
import { Refusal } from "@/lib/domain/refusal";
import { authorise } from "@/lib/usecases/authorise";
import { ledgerLine } from "@/lib/usecases/list-ledger-lines";

const nothingBefore = "00".repeat(32);

/**
 * One entry of the ledger, with its leaf (RFC 6962 §2.1) recomputed from its bytes and its link checked against the
 * entry before; also where somebody changed it so that it cannot be read. Throws `not-found`.
 */
export async function showEntry(actor: Actor, index: number): Promise<EntryView> {
  authorise(actor, "ledger.read");
  const found = await readEntry(index);
  if (!found) throw new Refusal("not-found", "There is no entry at this place of the ledger.");
  const { body, recordedAt } = found.entry;
  const read = readRow({ index, body, recordedAt });
  const names = await readNames([read]);
  const line = ledgerLine(read, names);
  const entry = read.kind === "unreadable" || line.kind === "unreadable" ? null : parseEntry(body);
  const [leaf, previous] = [toHex(found.entry.leaf), toHex(found.entry.previous)];
  return {
    line,
    who: entry && whoInWords(entry.by, names),
    body,
    entry,
    leaf,
    previous,
    leafHolds: toHex(leafHash(sha256, Buffer.from(body, "utf8"))) === leaf,
    linkHolds: (entry === null || entry.previous === previous) && (found.leafBefore === null ? index === 0 && previous === nothingBefore : toHex(found.leafBefore) === previous),
    newest: found.newest,
    hasReceipt: entry?.kind === "permission-answered" || entry?.kind === "policy-answered",
  };
}
