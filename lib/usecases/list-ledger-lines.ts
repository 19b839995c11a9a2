import { entryInWords } from "@/lib/contract/entry-in-words";
import type { LedgerLine, Names } from "@/lib/contract/ledger";
import type { ReadEntry } from "@/lib/data/ledger-reading";
import { personOf, subjectOf, type Entry } from "@/lib/domain/entry";

/** An entry as a list shows it. One that somebody changed may say nothing that there are words for. */
export function ledgerLine(entry: ReadEntry, names: Names): LedgerLine {
  try {
    if (entry.kind !== "unreadable") return inWords(entry, names);
  } catch {
    // Its kind is known, but not all that belongs to one is there.
  }
  return { index: entry.index, kind: "unreadable", at: new Date(entry.at), words: "This entry cannot be read: it is not as it was written.", person: null, about: null };
}

function inWords(entry: Entry, names: Names): LedgerLine {
  return {
    index: entry.index,
    kind: entry.kind,
    at: new Date(entry.at),
    words: entryInWords(entry, names),
    person: personOf(entry),
    about: aboutOf(entry, names),
  };
}

function aboutOf(entry: Entry, names: Names): LedgerLine["about"] {
  const [, kind, key] = /^(use|policy):(.+)$/.exec(subjectOf(entry)) ?? [];
  if (key === undefined) return null;
  return kind === "use" ? { kind, key, name: names.uses.get(key) ?? key } : { kind: "policy", key, name: names.policies.get(key) ?? key };
}
