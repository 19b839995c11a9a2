import { entryInWords } from "@/lib/contract/entry-in-words";
import type { LedgerLine, Names } from "@/lib/contract/ledger";
import { personOf, subjectOf, type Entry } from "@/lib/domain/entry";

/** An entry as a list shows it. */
export function ledgerLine(entry: Entry, names: Names): LedgerLine {
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
