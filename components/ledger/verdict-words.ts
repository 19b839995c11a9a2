import type { LedgerVerdict } from "@/lib/contract/ledger-verdict";
import { entriesInWords } from "./outside-words";

/** What came of verifying the ledger, in plain words; `look` is an entry worth looking at. */
export type VerdictWords = { readonly tone: "info" | "success" | "danger"; readonly title: string; readonly words: string; readonly look: number | null };

export function verdictInWords({ holds, size, fault, outside }: LedgerVerdict): VerdictWords {
  if (fault === null && size === 0) return { tone: "info", title: "There is no entry to verify yet.", words: "", look: null };
  if (fault === null) {
    const all = size === 1 ? "The one entry holds." : `All ${entriesInWords(size)} hold.`;
    const compared = {
      seen: `They agree with the ${entriesInWords(outside.size)} that were seen outside.`,
      nothing: "Nothing was seen outside yet to compare them with.",
      unreadable: "They could not be compared with what was seen outside: the witness folder cannot be read from here.",
    }[outside.state];
    return { tone: "success", title: all, words: `Each is as it was written, follows the one before and stands under a signed checkpoint; every permission is what its entry says. ${compared}`, look: null };
  }
  const place = fault.index.toLocaleString("en-GB");
  const look = fault.there ? fault.index : null;
  if (fault.of === "answer") {
    return { tone: "danger", title: `Entry ${place} holds, but ${fault.why}.`, words: `${holds === 1 ? "The one entry is" : `All ${entriesInWords(holds)} are`} as written. What may be done is looked up beside them, and there somebody changed it.`, look };
  }
  const title = fault.index < size ? `Entry ${place} is not as it was written: ${fault.why}.` : `Something stands behind the last entry: ${fault.why}.`;
  const before = holds === 0 ? "Nothing before it vouches for the others." : holds === 1 ? "The one entry before it holds." : `The ${entriesInWords(holds)} before it hold.`;
  const compared = outside.state === "unreadable" ? " What was seen outside could not be compared: the witness folder cannot be read from here." : "";
  return { tone: "danger", title, words: `${before} Nothing can be said of those after it.${compared}`, look };
}

/** `8,000 of 14,021 entries`, or nothing while it is not known how many there are. */
export function progressInWords(holds: number, size: number): string | undefined {
  return size === 0 ? undefined : `${holds.toLocaleString("en-GB")} of ${entriesInWords(size)}`;
}
