import { describe, expect, it } from "vitest";
import type { OutsideView } from "@/lib/contract/ledger";
import type { LedgerVerdict } from "@/lib/contract/ledger-verdict";
import { agoInWords, outsideInWords, outsideWarning } from "./outside-words";
import { progressInWords, verdictInWords } from "./verdict-words";

const now = new Date("2026-11-21T12:00:00Z");
const before = (seconds: number) => new Date(now.getTime() - seconds * 1_000);
const outside = (state: OutsideView["state"], size: number, seconds: number | null, late = false): OutsideView => ({ state, size, seenAt: seconds === null ? null : before(seconds), late });

describe("what was seen outside, in words", () => {
  it.each([
    [outside("up-to-date", 14_021, 12), "14,021 entries, 12 seconds ago", "All there are."],
    [outside("up-to-date", 1, 7_200), "1 entry, 2 hours ago", "All there are."],
    [outside("waiting", 14_000, 59), "14,000 entries, 59 seconds ago", "The newest 21 entries should follow within a minute."],
    [outside("waiting", 14_020, 59), "14,020 entries, 59 seconds ago", "The newest entry should follow within a minute."],
    [outside("waiting", 0, null), "Nothing yet", "The witness folder is empty, or lies on another machine."],
    [outside("behind", 15_000, 1), "15,000 entries, 1 second ago", "The ledger has 14,021 entries."],
    [outside("unreadable", 0, null), "Cannot be read from here", "The witness folder is damaged, or closed to this program."],
    [outside("empty", 0, null), "Nothing yet", "It begins with the first entry."],
  ])("%j", (view, fact, meaning) => {
    expect(outsideInWords(view, 14_021, now)).toEqual({ fact, meaning });
  });

  it("takes a clock that is ahead for just now", () => {
    expect(agoInWords(new Date(now.getTime() + 900), now)).toBe("just now");
  });

  it("warns of what is missing, changed, unreadable or late, and of nothing else", () => {
    expect(outsideWarning(outside("behind", 15_000, 1), 14_021)).toMatchObject({ tone: "danger", title: "Entries are missing" });
    expect(outsideWarning(outside("forked", 14_000, 1), 14_021)).toMatchObject({ tone: "danger", title: "Entries were changed" });
    expect(outsideWarning(outside("unreadable", 0, null), 14_021)).toMatchObject({ tone: "warning" });
    expect(outsideWarning(outside("waiting", 14_000, 200, true), 14_021)?.words).toMatch(/^The newest 21 entries have not reached the witness/);
    for (const view of [outside("waiting", 14_000, 200), outside("up-to-date", 14_021, 9_999), outside("empty", 0, null)]) expect(outsideWarning(view, 14_021)).toBeNull();
  });
});

const verdict = (change: Partial<LedgerVerdict>): LedgerVerdict => ({ holds: 14_021, size: 14_021, fault: null, outside: { state: "seen", size: 14_000 }, ...change });

describe("a verdict in words", () => {
  it("says that all hold, and what they were compared with", () => {
    expect(verdictInWords(verdict({}))).toMatchObject({ tone: "success", title: "All 14,021 entries hold.", look: null });
    expect(verdictInWords(verdict({})).words).toContain("agree with the 14,000 entries that were seen outside");
    expect(verdictInWords(verdict({ outside: { state: "unreadable", size: 0 } })).words).toContain("cannot be read from here");
    expect(verdictInWords(verdict({ holds: 0, size: 0, outside: { state: "nothing", size: 0 } }))).toMatchObject({ tone: "info" });
  });

  it("names the first that does not, and leads to it where something stands there", () => {
    const bad = verdict({ holds: 1_230, fault: { of: "entry", index: 1_230, why: "its words do not hash to its leaf", there: true } });
    expect(verdictInWords(bad)).toMatchObject({ tone: "danger", title: "Entry 1,230 is not as it was written: its words do not hash to its leaf.", look: 1_230 });
    expect(verdictInWords(bad).words).toMatch(/^The 1,230 entries before it hold\./);
    expect(verdictInWords(verdict({ holds: 0, fault: { of: "entry", index: 0, why: "it is missing", there: false } }))).toMatchObject({ look: null });
    expect(verdictInWords(verdict({ fault: { of: "entry", index: 14_021, why: "the tree has nodes that no entry stands under", there: false } })).title).toMatch(/^Something stands behind the last entry/);
  });

  it("tells an entry that was changed from an answer that does not stand as its entry says", () => {
    const changed = verdict({ fault: { of: "answer", index: 12, why: "the permission that it made is gone", there: true } });
    expect(verdictInWords(changed)).toMatchObject({ tone: "danger", title: "Entry 12 holds, but the permission that it made is gone.", look: 12 });
    expect(verdictInWords(changed).words).toMatch(/^All 14,021 entries are as written\./);
  });

  it("says how far it is once that is known", () => {
    expect([progressInWords(0, 0), progressInWords(8_000, 14_021)]).toEqual([undefined, "8,000 of 14,021 entries"]);
  });
});
