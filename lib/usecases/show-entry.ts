import { whoInWords } from "@/lib/contract/entry-in-words";
import type { EntryView } from "@/lib/contract/ledger";
import { sha256, toHex } from "@/lib/data/digest";
import { readEntry, readNames } from "@/lib/data/ledger-reading";
import { ledgerVerifierKey } from "@/lib/data/ledger/checkpoint";
import { parseEntry } from "@/lib/data/ledger/write";
import type { Actor } from "@/lib/domain/actor";
import { leafHash } from "@/lib/domain/merkle";
import { Refusal } from "@/lib/domain/refusal";
import { authorise } from "@/lib/usecases/authorise";
import { ledgerLine } from "@/lib/usecases/list-ledger-lines";

const nothingBefore = "00".repeat(32);

/**
 * One entry of the ledger, with its leaf (RFC 6962 §2.1) recomputed from its bytes and its link checked against the
 * entry before. Throws `not-found`.
 */
export async function showEntry(actor: Actor, index: number): Promise<EntryView> {
  authorise(actor, "ledger.read");
  const found = await readEntry(index);
  if (!found) throw new Refusal("not-found", "There is no entry at this place of the ledger.");
  const { body } = found.entry;
  const entry = parseEntry(body);
  const names = await readNames([entry]);
  const [leaf, previous] = [toHex(found.entry.leaf), toHex(found.entry.previous)];
  return {
    line: ledgerLine(entry, names),
    who: whoInWords(entry.by, names),
    body,
    entry,
    leaf,
    previous,
    leafHolds: toHex(leafHash(sha256, Buffer.from(body, "utf8"))) === leaf,
    linkHolds: entry.previous === previous && (found.leafBefore === null ? index === 0 && previous === nothingBefore : toHex(found.leafBefore) === previous),
    newest: found.newest,
    verifierKey: ledgerVerifierKey(),
  };
}
