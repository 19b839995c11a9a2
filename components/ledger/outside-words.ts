import { relativeTime } from "@/components/ui/time";
import type { NoticeTone } from "@/components/ui/notice";
import type { OutsideView } from "@/lib/contract/ledger";

/** `14,021 entries`. */
export const entriesInWords = (count: number): string => `${count.toLocaleString("en-GB")} ${count === 1 ? "entry" : "entries"}`;

/** `12 seconds ago`; a moment that another clock puts ahead of ours is just now. */
export function agoInWords(at: Date, now: Date): string {
  const seconds = Math.floor((now.getTime() - at.getTime()) / 1_000);
  if (seconds < 1) return "just now";
  return seconds < 60 ? `${seconds} ${seconds === 1 ? "second" : "seconds"} ago` : relativeTime(at, now);
}

/** What was seen of the ledger outside, as a fact and what it means. */
export function outsideInWords({ state, size, seenAt }: OutsideView, total: number, now: Date): { fact: string; meaning: string } {
  const fact = seenAt === null ? "Nothing yet" : `${entriesInWords(size)}, ${agoInWords(seenAt, now)}`;
  switch (state) {
    case "empty":
      return { fact, meaning: "It begins with the first entry." };
    case "up-to-date":
      return { fact, meaning: "All there are." };
    case "waiting":
      return { fact, meaning: seenAt === null ? "The witness folder is empty, or lies on another machine." : `${total - size === 1 ? "The newest entry" : `The newest ${entriesInWords(total - size)}`} should follow within a minute.` };
    case "behind":
      return { fact, meaning: `The ledger has ${entriesInWords(total)}.` };
    case "forked":
      return { fact, meaning: "The ledger is another one by now." };
    case "unreadable":
      return { fact: "Cannot be read from here", meaning: "The witness folder is damaged, or closed to this program." };
  }
}

/** What somebody has to know at once, or nothing. */
export function outsideWarning({ state, size, seenAt, late }: OutsideView, total: number): { tone: NoticeTone; title: string; words: string } | null {
  const restored = "If a backup was put back on purpose, whoever runs Handshake can say so with npm run restored.";
  switch (state) {
    case "behind":
      return { tone: "danger", title: "Entries are missing", words: `${entriesInWords(size)} were seen outside, and the ledger has ${entriesInWords(total)}. ${restored} If not, somebody took entries away.` };
    case "forked":
      return { tone: "danger", title: "Entries were changed", words: `What stands here does not continue the ${entriesInWords(size)} that were seen outside. Verify every entry to find the first that differs. ${restored}` };
    case "unreadable":
      return { tone: "warning", title: "The witness cannot be read from here", words: "So it is not known whether this ledger still is the one that was seen outside. Whoever runs Handshake can look at the witness folder." };
    case "waiting":
      if (!late) return null;
      return {
        tone: "warning",
        title: "Not seen outside yet",
        words: `${seenAt === null ? "No entry has" : total - size === 1 ? "The newest entry has not" : `The newest ${entriesInWords(total - size)} have not`} reached the witness, though more than two minutes have passed. Whoever runs Handshake can see whether the worker runs, and whether this page looks at the same folder.`,
      };
    default:
      return null;
  }
}
